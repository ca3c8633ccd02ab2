using System.Globalization;
using OrleansGallery.Drawing;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>Crops of photographs as identities whose views are drawn when they are asked for.</summary>
internal sealed class PhotographSource : IViewSource, IImageFiles
{
    // Views have no numbers of their own; enough of them that a batch never runs out.
    private const int NominalViews = 64;

    private readonly PhotographCrops _crops;
    private readonly List<string> _noPhotographs = [];

    /// <summary>Cuts the photographs.</summary>
    /// <param name="options">Folders and how many crops.</param>
    /// <param name="folder">What the folders are relative to.</param>
    /// <param name="height">The input's rows.</param>
    /// <param name="width">The input's columns.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="IOException">A folder is not there.</exception>
    /// <exception cref="InvalidDataException">There are no photographs, or more than 5 % cannot be read.</exception>
    public PhotographSource(PhotographOptions options, string folder, int height, int width, long seed)
    {
        PhotographFiles files = new(
            Find(options.Folders, folder),
            Find(options.TestFolders, folder),
            FindCutouts(options.CutoutFolders, folder));
        _crops = new PhotographCrops(options, files, height, width, seed);
        if (_crops.Unreadable.Count > UnreadableImages.Limit * _crops.Files
            || _crops.Train.Count + _crops.Test.Count < 2)
        {
            _crops.Dispose();
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_crops.Unreadable.Count} of {_crops.Files} photographs cannot be read, and {_crops.Train.Count} "
                + $"crops came out: {string.Join("; ", _crops.Unreadable.Take(20))}"));
        }

        Identities = Weights(_crops.Train, options.CutoutShare);
    }

    public IReadOnlyList<IdentitySize> Identities { get; }

    public int ImageCount => _crops.Train.Count;

    public IReadOnlyList<string> LeftOut => [.. _crops.Unreadable, .. _noPhotographs];

    public string NameOf(SampledRow row) => _crops.Train[row.Identity].Name;

    public void Load(SampledRow row, IRandomNumbers random, Span<byte> destination) =>
        _crops.Paint(row.Identity, random, destination);

    /// <summary>Views of photographs that are never trained on, as sets to search in and with.</summary>
    /// <param name="views">Views per crop.</param>
    /// <param name="galleryImages">How many of them are enrolled.</param>
    /// <returns>Gallery and query; null where there is no test photograph.</returns>
    public (ImageSet Gallery, ImageSet Query)? TestSets(int views, int galleryImages) => _crops.Test.Count == 0
        ? null
        : (Set("gallery", 0, galleryImages), Set("query", galleryImages, views));

    /// <summary>Draws a test view.</summary>
    public byte[] Read(string path)
    {
        (int crop, int view) = NumberedPath.Parse(path);
        return _crops.RenderTestPng(crop, view);
    }

    /// <summary>Removes the crops' file.</summary>
    public void Dispose() => _crops.Dispose();

    // A photograph with many crops counts by the root of their number; cut-outs by their share of the whole.
    private static IdentitySize[] Weights(IReadOnlyList<Crop> crops, double cutoutShare)
    {
        Dictionary<int, int> sizes = crops.CountBy(crop => crop.Source).ToDictionary();
        double[] weights = [.. crops.Select(crop => 1 / Math.Sqrt(sizes[crop.Source]))];
        double cutouts = crops.Zip(weights).Where(item => item.First.IsCutout).Sum(item => item.Second);
        double others = weights.Sum() - cutouts;
        double scale = cutouts > 0 && others > 0 && cutoutShare < 1
            ? cutoutShare / (1 - cutoutShare) * others / cutouts
            : 1;
        return [.. crops.Zip(weights).Select(item =>
            new IdentitySize(NominalViews, item.First.IsCutout ? item.Second * scale : item.Second))];
    }

    // In the order of whole paths, which decides what is cut.
    private string[] Find(IReadOnlyList<string> folders, string root) =>
        [.. folders.Select(folder => Path.Combine(root, folder)).SelectMany(folder =>
        {
            ImageFolder found = ImageFolder.Scan(folder);
            _noPhotographs.AddRange(found.LeftOut.Select(file => $"{Path.Combine(folder, file.Path)}: {file.Reason}"));
            return found.Images.Select(image => Path.Combine(folder, image.Path)).Order(StringComparer.Ordinal);
        })];

    private string[] FindCutouts(IReadOnlyList<string> folders, string root)
    {
        ILookup<bool, string> found = Find(folders, root).ToLookup(
            path => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase));
        _noPhotographs.AddRange(found[false].Select(path => $"{path}: cut-outs are PNG files"));
        return [.. found[true]];
    }

    private ImageSet Set(string name, int from, int to) => new()
    {
        Name = $"photographs ({name})",
        Files = this,
        Images = [.. Enumerable.Range(0, _crops.Test.Count).SelectMany(crop =>
            Enumerable.Range(from, Math.Max(0, to - from)).Select(view => new DataImage
            {
                Path = NumberedPath.Of(crop, view),
                Identity = crop.ToString("D6", CultureInfo.InvariantCulture),
            }))],
    };
}
