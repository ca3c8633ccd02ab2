using OrleansGallery.Drawing;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>Opens data sets.</summary>
public static class DataSets
{
    /// <summary>Opens the one that options describe.</summary>
    /// <param name="options">The options.</param>
    /// <param name="folder">What paths are relative to.</param>
    /// <param name="side">Side of rendered images in pixels, where the options leave it open.</param>
    /// <param name="folders">What is taken of a folder that is looked through; null: all but hidden and service
    /// files.</param>
    /// <returns>The splits; the caller disposes of them.</returns>
    /// <exception cref="IOException">Something is not there.</exception>
    /// <exception cref="InvalidDataException">Something has not the form expected.</exception>
    public static DataSplits Open(
        DataOptions options, string folder, int side, FolderOptions? folders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = Path.Combine(folder, options.Path);
        int drawn = options.ImageSide > 0 ? options.ImageSide : Math.Max(side, CatalogueOptions.MinSide);
        DataSplits splits = options.Source switch
        {
            DataSourceKind.Folders => FolderLayout.Read(path, folders),
            DataSourceKind.Market1501 => ReIdLayout.Market1501.Read(path, folders),
            DataSourceKind.DukeMtmcReId => ReIdLayout.DukeMtmcReId.Read(path, folders),
            DataSourceKind.Coco => CocoLayout.Read(path, Path.Combine(folder, options.TrainJson)),
            DataSourceKind.Manifest => ManifestLayout.Read(path),
            DataSourceKind.Omniglot => OmniglotLayout.Read(
                path,
                In(folder, options.TrainCharacters),
                options.Turned,
                In(folder, options.TestCharacters),
                options.GalleryImages),
            DataSourceKind.Catalogue => CatalogueLayout.Create(
                new CatalogueOptions
                {
                    Seed = options.Seed,
                    Products = options.Products,
                    ViewsPerProduct = options.Views,
                    Width = drawn,
                    Height = drawn,
                },
                options.TestProducts,
                options.GalleryImages),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Source, "Unknown source."),
        };
        return splits is { Query: null, Train: { } train } && options.HeldOutIdentities > 0
            ? HoldOut(train, options)
            : splits;
    }

    private static DataSplits HoldOut(ImageSet train, DataOptions options)
    {
        IReadOnlyList<(string Identity, int[] Places)> identities = train.ByIdentity();
        DataImage[][] all = [.. identities.Select(i => i.Places.Select(place => train.Images[place]).ToArray())];
        if (all.Length <= options.HeldOutIdentities)
        {
            throw new InvalidDataException(
                $"'{train.Name}' has {all.Length} identities; data.heldOutIdentities leaves none to train on.");
        }

        DataImage[][] tests = all[^options.HeldOutIdentities..];
        ImageSet With(string name, IEnumerable<DataImage> images) =>
            train with
            {
                Name = $"{train.Name} ({name})",
                Images = [.. images],
                EmptyIdentities = [],
                Skipped = [],
                PassedOver = null,
            };
        return new DataSplits
        {
            Train = train with { Images = [.. all[..^options.HeldOutIdentities].SelectMany(images => images)] },
            Gallery = With("gallery", tests.SelectMany(images => images.Take(options.GalleryImages))),
            Query = With("query", tests.SelectMany(images => images.Skip(options.GalleryImages))),
        };
    }

    private static string? In(string folder, string? path) => path is null ? null : Path.Combine(folder, path);
}
