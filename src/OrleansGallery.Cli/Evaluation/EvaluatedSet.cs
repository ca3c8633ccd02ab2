using OrleansGallery.Inference;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>The data set that <c>gallery evaluate images</c> embeds, with what is odd about it told on standard
/// error.</summary>
internal sealed class EvaluatedSet : IDisposable
{
    private readonly DataSplits _splits;
    private readonly ImageSet _query;
    private readonly ImageSet _gallery;

    private EvaluatedSet(DataSplits splits, ImageSet query, ImageSet gallery, bool hasFacets)
    {
        (_splits, _query, _gallery, HasFacets) = (splits, query, gallery, hasFacets);
    }

    /// <summary>Whether facets are cameras that tell a query's own images from others.</summary>
    public bool HasFacets { get; }

    public static EvaluatedSet Open(
        DataOptions options, FolderOptions folders, ModelDescription model, CommandOutput output)
    {
        // The catalogue is drawn as training draws it.
        int side = Math.Max(model.InputHeight, model.InputWidth);
        DataSplits splits = DataSets.Open(options, string.Empty, side, folders);
        if (splits is not { Query: { Images.Count: > 0 } query, Gallery: { Images.Count: > 0 } gallery })
        {
            splits.Dispose();
            throw new InvalidDataException(
                $"'{options.Path}' has no query images or no gallery images: folders want query/IDENTITY/* and "
                + "gallery/IDENTITY/*, a manifest its column split, coco the query's and the gallery's file.");
        }

        Tell(query, gallery, output);
        bool cameras = options.Source is DataSourceKind.Market1501 or DataSourceKind.DukeMtmcReId
            || (options.Source == DataSourceKind.Manifest && query.Images.Any(image => image.Facet.Length > 0));
        return new EvaluatedSet(splits, query, gallery, cameras);
    }

    public EvaluationImages Embed(EmbeddingModel model, CommandOutput output, CancellationToken cancellationToken)
    {
        int count = _query.Images.Count + _gallery.Images.Count;
        output.Error.WriteLine(
            $"Embedding {Figures.Count(_query.Images.Count)} queries and {Figures.Count(_gallery.Images.Count)} "
            + "gallery images ...");
        OfflineProgress progress = new(count, output);
        EvaluationImages images = EvaluationImages.Embed(
            _query, _gallery, model.AsPixelEmbedder(), progress.Report, cancellationToken);
        foreach (string unreadable in images.Unreadable)
        {
            output.Error.WriteLine($"left out: {unreadable}");
        }

        return images;
    }

    /// <summary>Draws the grid, or says why there is none.</summary>
    public static bool Draw(string file, EvaluationImages images, EvaluationReport report, EvaluationOptions options,
        CommandOutput output)
    {
        if (RankedImageGrid.RenderPng(images, report, options) is not { } png)
        {
            output.Error.WriteLine($"No query has a correct item to find; '{file}' is not written.");
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllBytes(file, png);
        output.Error.WriteLine($"Best and worst queries are in {file}.");
        return true;
    }

    public void Dispose() => _splits.Dispose();

    private static void Tell(ImageSet query, ImageSet gallery, CommandOutput output)
    {
        Tell(
            EvaluationImages.WithoutGallery(query, gallery),
            "identities have no gallery image; their queries do not count",
            output);
        foreach (ImageSet set in new[] { query, gallery })
        {
            Tell(set.EmptyIdentities, $"identities of '{set.Name}' have no image", output);
            Tell(set.Skipped, $"files of '{set.Name}' are left out", output);
            if (set.PassedOver is { } passedOver)
            {
                output.Error.WriteLine($"'{set.Name}': {passedOver}");
            }
        }
    }

    private static void Tell(IReadOnlyList<string> names, string what, CommandOutput output)
    {
        if (names.Count > 0)
        {
            output.Error.WriteLine(Figures.Named(names, what));
        }
    }
}
