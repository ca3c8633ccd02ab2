using OrleansGallery.Imaging;

namespace OrleansGallery.Drawing;

/// <summary>
/// Crops of photographs and objects cut out, whose views are drawn when they are asked for. Views are drawn by several
/// threads at once.
/// </summary>
public sealed class PhotographCrops : IDisposable
{
    private readonly CropStore _store;
    private readonly List<Crop> _train = [];
    private readonly List<Crop> _test = [];
    private readonly List<string> _unreadable = [];
    private readonly ThreadLocal<ViewPainter> _painters;
    private readonly PhotographOptions _options;
    private readonly long _seed;
    private readonly int _height;
    private readonly int _width;

    /// <summary>Cuts the photographs, all cores at work; it takes a second for some dozen of them.</summary>
    /// <param name="options">How many crops.</param>
    /// <param name="files">The photographs; their order decides which crops are cut.</param>
    /// <param name="height">A view's rows.</param>
    /// <param name="width">A view's columns.</param>
    /// <param name="seed">The same files and seed give the same crops and views.</param>
    public PhotographCrops(PhotographOptions options, PhotographFiles files, int height, int width, long seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        (_options, _seed, _height, _width) = (options, seed, height, width);
        (IReadOnlyList<string> photographs, IReadOnlyList<string> tests) = (files.Photographs, files.Tests);
        Files = photographs.Count + tests.Count + files.Cutouts.Count;
        _store = new CropStore(options.CropSide);
        _painters = new ThreadLocal<ViewPainter>(() => new ViewPainter(_store, height, width));
        try
        {
            CutAll(tests, photographs.Count, _ => true);
            CutAll(photographs, 0, IsTest);
            AddCutouts(files.Cutouts, photographs.Count + tests.Count);
            _store.Seal();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many files there are, readable or not.</summary>
    public int Files { get; }

    /// <summary>Path and reason of each photograph that could not be read.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>Crops to train on.</summary>
    public IReadOnlyList<Crop> Train => _train;

    /// <summary>Crops of other photographs, to test on.</summary>
    public IReadOnlyList<Crop> Test => _test;

    /// <summary>Draws a view of a training crop.</summary>
    /// <param name="crop">Its place in <see cref="Train"/>.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="destination">height x width x 3 bytes: red, green, blue.</param>
    public void Paint(int crop, IRandomNumbers random, Span<byte> destination) =>
        _painters.Value!.Paint(_train[crop], _train, random, destination);

    /// <summary>Draws a view of a test crop, the same one each time.</summary>
    /// <param name="crop">Its place in <see cref="Test"/>.</param>
    /// <param name="view">Which view.</param>
    /// <returns>A PNG file.</returns>
    public byte[] RenderTestPng(int crop, int view)
    {
        byte[] rgb = new byte[_height * _width * PixelImage.Channels];
        // Counters below zero: no row of a training epoch has them.
        KeyedRandom random = KeyedRandom.For(_seed, RandomPurpose.Augmentation, -1 - crop, view);
        _painters.Value!.Paint(_test[crop], _test, random, rgb);
        return SkiaPixels.EncodePng(new PixelImage(_width, _height, rgb));
    }

    /// <summary>Removes the crops' file.</summary>
    public void Dispose()
    {
        _painters.Dispose();
        _store.Dispose();
    }

    private bool IsTest(int index) => _options.TestEvery > 0 && index % _options.TestEvery == _options.TestEvery - 1;

    private void CutAll(IReadOnlyList<string> photographs, int first, Func<int, bool> isTest)
    {
        int tests = photographs.Index().Count(item => isTest(item.Index));
        int perTest = tests == 0 ? 0 : (_options.MaxTestCrops + tests - 1) / tests;
        IImageDecoder decoder = ImageDecoders.Create(new ImagingOptions { MaxBytes = 64 * 1024 * 1024 });
        foreach ((int Index, string Path)[] chunk in photographs.Index().Chunk(Environment.ProcessorCount * 4))
        {
            (List<byte[]> Crops, string? Error)[] cut = [.. chunk.AsParallel().AsOrdered().Select(item =>
                Cut(decoder, item.Path, first + item.Index))];
            foreach (((int index, string path), (List<byte[]> crops, string? error)) in chunk.Zip(cut))
            {
                if (error is not null)
                {
                    _unreadable.Add($"{path}: {error}");
                }

                bool test = isTest(index);
                foreach (byte[] crop in test ? crops.Take(perTest) : crops)
                {
                    Add(new Crop(path, first + index, IsCutout: false, Offset: 0), crop, test);
                }
            }
        }
    }

    private (List<byte[]> Crops, string? Error) Cut(IImageDecoder decoder, string path, int index)
    {
        try
        {
            KeyedRandom random = KeyedRandom.For(_seed, RandomPurpose.Crops, index);
            PixelImage image = decoder.Decode(File.ReadAllBytes(path));
            return ([.. CropCutter.Cut(image, _options.CropsPerPhotograph, _options.CropSide, random)], null);
        }
        catch (Exception exception) when (exception is ImageException or IOException or UnauthorizedAccessException)
        {
            return ([], exception.Message);
        }
    }

    private void AddCutouts(IReadOnlyList<string> cutouts, int first)
    {
        foreach ((int index, string path) in cutouts.Index())
        {
            if (CropCutter.ReadCutout(path, _options.CropSide) is { } crop)
            {
                Add(new Crop(path, first + index, IsCutout: true, Offset: 0), crop, IsTest(index));
            }
        }
    }

    private void Add(Crop crop, byte[] pixels, bool test)
    {
        List<Crop> crops = test ? _test : _train;
        if (!test || crops.Count < _options.MaxTestCrops)
        {
            crops.Add(crop with { Offset = _store.Add(pixels) });
        }
    }
}
