using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>A run's images: what it trains on, and what it is judged on.</summary>
internal sealed record TrainingData : IDisposable
{
    private IDisposable? _owned;

    public required IViewSource Source { get; init; }

    public ImageSet? Query { get; init; }

    public ImageSet? Gallery { get; init; }

    /// <summary>The sets that were found, each with what was left out of it.</summary>
    public IReadOnlyList<ImageSet> Sets { get; init; } = [];

    /// <summary>A hash of the sets' names and identities, not of where the files are; null: there are no sets, images
    /// are made.</summary>
    public string? Fingerprint()
    {
        if (Sets.Count == 0)
        {
            return null;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((int place, ImageSet set) in Sets.Index())
        {
            foreach (DataImage image in set.Images)
            {
                string name = image.Path[(image.Path.LastIndexOf('/') + 1)..];
                hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
                    $"{place}\t{name}\t{image.Identity}\t{image.Facet}\t{image.QuarterTurns}\n")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static TrainingData Open(TrainingOptions options, string folder) =>
        options.Data.Source == DataSourceKind.Photographs ? OpenPhotographs(options, folder) : OpenSet(options, folder);

    public void Dispose() => _owned?.Dispose();

    private static TrainingData OpenPhotographs(TrainingOptions options, string folder)
    {
        PhotographOptions photographs = options.Data.Photographs;
        PhotographSource source = new(photographs, folder, options.Network.Height, options.Network.Width, options.Seed);
        (ImageSet Gallery, ImageSet Query)? tests = source.TestSets(photographs.TestViews, options.Data.GalleryImages);
        IViewSource mixed = photographs.CatalogueShare == 0
            ? source
            : new MixedSource(source, OpenCatalogue(options, folder), photographs.CatalogueShare);
        return new TrainingData { Source = mixed, Query = tests?.Query, Gallery = tests?.Gallery, _owned = source };
    }

    // The catalogue is drawn when it is read: nothing stays open.
    private static FileViewSource OpenCatalogue(TrainingOptions options, string folder)
    {
        DataOptions data = options.Data with { Source = DataSourceKind.Catalogue };
        int side = Math.Max(options.Network.Height, options.Network.Width);
        return SourceOf(DataSets.Open(data, folder, side).Train!, options);
    }

    private static FileViewSource SourceOf(ImageSet images, TrainingOptions options) => new(images, new ImageReader(
        images,
        options.Network.Height,
        options.Network.Width,
        ResizeFilter.Bilinear,
        (long)options.Data.CacheMegabytes * 1024 * 1024,
        options.Network.PictureFit), options.Data.FamilyShare);

    private static TrainingData OpenSet(TrainingOptions options, string folder)
    {
        NetworkOptions network = options.Network;
        DataSplits splits = DataSets.Open(options.Data, folder, Math.Max(network.Height, network.Width));
        if (splits.Train is not { } train)
        {
            splits.Dispose();
            throw new InvalidDataException(
                $"'{options.Data.Path}' has nothing to train on: folders want train/IDENTITY/* beside query and "
                + "gallery, the re-identification data sets bounding_box_train.");
        }

        return new TrainingData
        {
            Source = SourceOf(train, options),
            Query = splits.Query,
            Gallery = splits.Gallery,
            Sets = [.. new[] { train, splits.Query, splits.Gallery }.OfType<ImageSet>()],
            _owned = splits,
        };
    }
}
