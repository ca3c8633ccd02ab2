using System.Globalization;
using OrleansGallery.Drawing;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Training;

/// <summary>
/// A picture of the worst and the best queries of an evaluation, by the AP of their centroid search: each with the
/// first images and the first centroids it finds, framed green where they are right and red where they are wrong. A
/// centroid is shown by its first image.
/// </summary>
public sealed class RankedImageGrid
{
    /// <summary>Worst and best queries shown, at most so many of each.</summary>
    public const int QueriesEach = 5;

    /// <summary>Items shown of an answer.</summary>
    public const int Top = 10;

    private readonly EvaluationImages _images;
    private readonly EvaluationOptions _options;

    private RankedImageGrid(EvaluationImages images, EvaluationOptions options) =>
        (_images, _options) = (images, options);

    /// <summary>Draws the grid.</summary>
    /// <param name="images">The images and embeddings evaluated.</param>
    /// <param name="report">What the evaluation gave.</param>
    /// <param name="options">How it was done.</param>
    /// <returns>A PNG file; null where no query has a correct centroid to find.</returns>
    /// <exception cref="IOException">An image cannot be read any more.</exception>
    public static byte[]? RenderPng(EvaluationImages images, EvaluationReport report, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        (IReadOnlyList<QueryResult> worst, IReadOnlyList<QueryResult> best) = Choose(report.Centroid.Queries);
        RankedImageGrid grid = new(images, options);
        GridSection[] sections =
            [.. new[] { grid.Section("worst queries", worst), grid.Section("best queries", best) }
                .Where(section => section.Entries.Count > 0)];
        return sections.Length == 0 ? null : GridPainter.RenderPng(sections, Top + 1);
    }

    // Among equal AP the margin between the first right and the first wrong centroid decides. No query is in both.
    private static (IReadOnlyList<QueryResult> Worst, IReadOnlyList<QueryResult> Best) Choose(
        IReadOnlyList<QueryResult> queries)
    {
        QueryResult[] sorted = [.. queries.OrderBy(query => query.AveragePrecision)
            .ThenBy(query => query.ImpostorDistance - query.MateDistance).ThenBy(query => query.Query)];
        int worst = Math.Min(QueriesEach, (sorted.Length + 1) / 2);
        int best = Math.Min(QueriesEach, sorted.Length - worst);
        return (sorted[..worst], [.. sorted[(sorted.Length - best)..].Reverse()]);
    }

    private GridSection Section(string title, IReadOnlyList<QueryResult> queries)
    {
        int[] rows = [.. queries.Select(query => query.Query)];
        IReadOnlyList<RankedQuery> instances = Rank(EvaluationMode.Instance, rows);
        IReadOnlyList<RankedQuery> centroids = Rank(EvaluationMode.Centroid, rows);
        return new GridSection($"{title} by centroid AP", [.. queries.Select((query, i) => new GridEntry(
            TextOf(query), [Answer("images", instances[i]), Answer("centroids", centroids[i])]))]);
    }

    private IReadOnlyList<RankedQuery> Rank(EvaluationMode mode, int[] rows) => rows.Length == 0
        ? []
        : RetrievalEvaluation.Rank(_images.Data, _options, mode, rows, Top);

    private string TextOf(QueryResult query)
    {
        DataImage image = _images.ImageOf(query.Query);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"AP {query.AveragePrecision:0.000}   first right centroid at rank "
            + $"{query.FirstCorrectRank}   {image.Identity}   {image.Path}");
    }

    private ImageTile[] Answer(string name, RankedQuery answer) =>
    [
        new ImageTile(_images.Read(answer.Query), TileFrame.Query, name),
        .. answer.Items.Select(item => new ImageTile(
            _images.Read(item.Row), item.Correct ? TileFrame.Right : TileFrame.Wrong, CaptionOf(item))),
    ];

    // Without normalisation and by Euclidean distance, the score is not what the order follows.
    private string CaptionOf(RankedItem item) => string.Create(
        CultureInfo.InvariantCulture,
        $"{item.Rank}  {(_options.Normalize || _options.Distance == EvaluationDistance.Cosine
            ? item.Score : item.Distance):0.000}");
}
