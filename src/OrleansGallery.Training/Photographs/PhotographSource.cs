using System.Globalization;
using OrleansGallery.Imaging;
using SkiaSharp;

namespace OrleansGallery.Training;

/// <summary>Crops of photographs as identities whose views are drawn when they are asked for.</summary>
public sealed class PhotographSource : IViewSource, IImageFiles
{
    // Views have no numbers of their own; enough of them that a batch never runs out.
    private const int NominalViews = 64;

    private static readonly string[] PhotographEndings = [".jpg", ".jpeg", ".png", ".webp", ".tif"];

    private readonly CropStore _store;
    private readonly List<Crop> _train = [];
    private readonly List<Crop> _test = [];
    private readonly ThreadLocal<ViewPainter> _painters;
    private readonly long _seed;
    private readonly int _height;
    private readonly int _width;

    /// <summary>Cuts the photographs, all cores at work; it takes a second for some dozen of them.</summary>
    /// <param name="options">Folders and how many crops.</param>
    /// <param name="folder">What the folders are relative to.</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="InvalidDataException">There are no photographs, or more than 5 % cannot be read.</exception>
    public PhotographSource(PhotographOptions options, string folder, int height, int width, long seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_seed, _height, _width) = (seed, height, width);
        _store = new CropStore(options.CropSide);
        List<string> unreadable = [];
        string[] photographs = Files(options.Folders, folder, PhotographEndings);
        string[] tests = Files(options.TestFolders, folder, PhotographEndings);
        Cut(options, tests, photographs.Length, unreadable, _ => true);
        Cut(options, photographs, 0, unreadable, index => options.TestEvery > 0
            && index % options.TestEvery == options.TestEvery - 1);
        string[] cutouts = Files(options.CutoutFolders, folder, ".png");
        AddCutouts(options, cutouts, photographs.Length + tests.Length);
        _store.Seal();
        LeftOut = unreadable;
        int files = photographs.Length + tests.Length + cutouts.Length;
        if (unreadable.Count > UnreadableImages.Limit * files || _train.Count + _test.Count < 2)
        {
            _store.Dispose();
            throw new InvalidDataException(
                $"{unreadable.Count} of {files} photographs cannot be read, and {_train.Count} crops came out: "
                + $"{string.Join("; ", unreadable.Take(20))}");
        }

        Identities = Weights(options.CutoutShare);
        _painters = new ThreadLocal<ViewPainter>(() => new ViewPainter(_store, height, width));
    }

    /// <inheritdoc/>
    public IReadOnlyList<IdentitySize> Identities { get; }

    /// <inheritdoc/>
    public int ImageCount => _train.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> LeftOut { get; }

    /// <inheritdoc/>
    public string NameOf(SampledRow row) => _train[row.Identity].Name;

    /// <inheritdoc/>
    public void Load(SampledRow row, IRandomNumbers random, Span<byte> destination) =>
        _painters.Value!.Paint(_train[row.Identity], _train, random, destination);

    /// <summary>Views of photographs that are never trained on, as sets to search in and with.</summary>
    /// <param name="views">Views per crop.</param>
    /// <param name="galleryImages">How many of them are enrolled.</param>
    /// <returns>Gallery and query; null where there is no test photograph.</returns>
    public (ImageSet Gallery, ImageSet Query)? TestSets(int views, int galleryImages) => _test.Count == 0
        ? null
        : (Set("gallery", 0, galleryImages), Set("query", galleryImages, views));

    /// <summary>Draws a test view.</summary>
    /// <param name="path">Crop and view.</param>
    /// <returns>A PNG file.</returns>
    public byte[] Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int[] numbers = [.. path.Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        byte[] rgb = new byte[_height * _width * PixelImage.Channels];
        // Counters below zero: no row of a training epoch has them.
        TrainingRandom random = TrainingRandom.For(_seed, RandomPurpose.Augmentation, -1 - numbers[0], numbers[1]);
        _painters.Value!.Paint(_test[numbers[0]], _test, random, rgb);
        using SKBitmap bitmap = new(new SKImageInfo(_width, _height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int i = 0; i < _height * _width; i++)
        {
            rgb.AsSpan(i * 3, 3).CopyTo(pixels[(i * 4)..]);
            pixels[(i * 4) + 3] = 255;
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Removes the crops' file.</summary>
    public void Dispose()
    {
        _painters.Dispose();
        _store.Dispose();
    }

    private void Cut(
        PhotographOptions options, string[] photographs, int first, List<string> unreadable, Func<int, bool> isTest)
    {
        int tests = photographs.Index().Count(item => isTest(item.Index));
        int perTest = tests == 0 ? 0 : (options.MaxTestCrops + tests - 1) / tests;
        IImageDecoder decoder = ImageDecoders.Create(new ImagingOptions { MaxBytes = 64 * 1024 * 1024 });
        foreach ((int Index, string Path)[] chunk in photographs.Index().Chunk(Environment.ProcessorCount * 4))
        {
            (List<byte[]>? Crops, string? Error)[] cut = [.. chunk.AsParallel().AsOrdered().Select(item =>
                Cut(decoder, item.Path, first + item.Index, options))];
            foreach (((int index, string path), (List<byte[]>? crops, string? error)) in chunk.Zip(cut))
            {
                if (error is not null)
                {
                    unreadable.Add($"{path}: {error}");
                }

                bool test = isTest(index);
                foreach (byte[] crop in test ? crops?.Take(perTest) ?? [] : crops ?? [])
                {
                    Add(test ? _test : _train, options, new Crop(path, first + index, false, 0), crop, test);
                }
            }
        }
    }

    private (List<byte[]>? Crops, string? Error) Cut(
        IImageDecoder decoder, string path, int index, PhotographOptions options)
    {
        try
        {
            TrainingRandom random = TrainingRandom.For(_seed, RandomPurpose.Crops, index);
            PixelImage image = decoder.Decode(File.ReadAllBytes(path));
            return ([.. CropCutter.Cut(image, options.CropsPerPhotograph, options.CropSide, random)], null);
        }
        catch (Exception exception) when (ImageReader.IsUnreadable(exception))
        {
            return (null, exception.Message);
        }
    }

    private void AddCutouts(PhotographOptions options, string[] cutouts, int first)
    {
        foreach ((int index, string path) in cutouts.Index())
        {
            if (CropCutter.ReadCutout(path, options.CropSide) is { } crop)
            {
                bool test = options.TestEvery > 0 && index % options.TestEvery == options.TestEvery - 1;
                Add(test ? _test : _train, options, new Crop(path, first + index, true, 0), crop, test);
            }
        }
    }

    private void Add(List<Crop> crops, PhotographOptions options, Crop crop, byte[] pixels, bool test)
    {
        if (!test || crops.Count < options.MaxTestCrops)
        {
            crops.Add(crop with { Offset = _store.Add(pixels) });
        }
    }

    // A photograph with many crops counts by the root of their number; cut-outs by their share of the whole.
    private IdentitySize[] Weights(double cutoutShare)
    {
        Dictionary<int, int> sizes = _train.CountBy(crop => crop.Source).ToDictionary();
        double[] weights = [.. _train.Select(crop => 1 / Math.Sqrt(sizes[crop.Source]))];
        double cutouts = _train.Zip(weights).Where(item => item.First.IsCutout).Sum(item => item.Second);
        double others = weights.Sum() - cutouts;
        double scale = cutouts > 0 && others > 0 && cutoutShare < 1
            ? cutoutShare / (1 - cutoutShare) * others / cutouts
            : 1;
        return [.. _train.Zip(weights).Select(item =>
            new IdentitySize(NominalViews, item.First.IsCutout ? item.Second * scale : item.Second))];
    }

    private ImageSet Set(string name, int from, int to) => new()
    {
        Name = $"photographs ({name})",
        Files = this,
        Images = [.. Enumerable.Range(0, _test.Count).SelectMany(crop => Enumerable.Range(from, Math.Max(0, to - from))
            .Select(view => new DataImage
            {
                Path = CatalogueFiles.PathOf(crop, view),
                Identity = crop.ToString("D6", CultureInfo.InvariantCulture),
            }))],
    };

    private static string[] Files(IReadOnlyList<string> folders, string root, params string[] extensions) =>
        [.. folders.Select(folder => Path.Combine(root, folder)).SelectMany(folder =>
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal))];
}
