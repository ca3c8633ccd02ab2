using OrleansGallery.Imaging;

namespace OrleansGallery.Training;

/// <summary>A run's images: what it trains on, and what it is judged on.</summary>
internal sealed record TrainingData : IDisposable
{
    private IDisposable? _owned;

    public required IViewSource Source { get; init; }

    public ImageSet? Query { get; init; }

    public ImageSet? Gallery { get; init; }

    public IReadOnlyList<string> EmptyIdentities { get; init; } = [];

    public IReadOnlyList<string> Skipped { get; init; } = [];

    public static TrainingData Open(TrainingOptions options, string folder) =>
        options.Data.Source == DataSourceKind.Photographs ? OpenPhotographs(options, folder) : OpenSet(options, folder);

    public void Dispose() => _owned?.Dispose();

    private static TrainingData OpenPhotographs(TrainingOptions options, string folder)
    {
        PhotographOptions photographs = options.Data.Photographs;
        PhotographSource source = new(photographs, folder, options.Network.Height, options.Network.Width, options.Seed);
        (ImageSet Gallery, ImageSet Query)? tests = source.TestSets(photographs.TestViews, options.Data.GalleryImages);
        return new TrainingData { Source = source, Query = tests?.Query, Gallery = tests?.Gallery, _owned = source };
    }

    private static TrainingData OpenSet(TrainingOptions options, string folder)
    {
        NetworkOptions network = options.Network;
        DataSplits splits = DataSets.Open(options.Data, folder, Math.Max(network.Height, network.Width));
        ImageReader reader = new(
            splits.Train,
            network.Height,
            network.Width,
            ResizeFilter.Bilinear,
            (long)options.Data.CacheMegabytes * 1024 * 1024);
        return new TrainingData
        {
            Source = new FileViewSource(splits.Train, reader),
            Query = splits.Query,
            Gallery = splits.Gallery,
            EmptyIdentities = splits.Train.EmptyIdentities,
            Skipped = splits.Train.Skipped,
            _owned = splits,
        };
    }
}
