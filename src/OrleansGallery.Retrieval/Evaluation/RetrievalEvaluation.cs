using System.Diagnostics;

namespace OrleansGallery.Retrieval;

/// <summary>
/// Evaluates retrieval by single images and by centroids on the same queries: CMC, mAP, mINP, and misses in the open
/// set. Centroids are those that serve, exact sums per facet; scores are the canonical ones in double precision.
/// </summary>
public static class RetrievalEvaluation
{
    /// <summary>Runs both modes, with and without identities that nobody asks for.</summary>
    /// <param name="data">Queries and gallery.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The results.</returns>
    public static EvaluationReport Run(
        EvaluationData data, EvaluationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        GalleryItems items = new(data, options);
        bool keeps = options.Protocol == EvaluationProtocol.Fashion;
        ModeResult Evaluate(List<GalleryItem> gallery) => Run(data, options, items, gallery, cancellationToken);
        return new EvaluationReport(
            Evaluate(items.Of(EvaluationMode.Instance)),
            Evaluate(items.Of(EvaluationMode.Centroid)),
            Evaluate(items.Instances(keepUnqueried: false)),
            Evaluate(items.Centroids(!keeps)));
    }

    /// <summary>The first items that some queries find, to look at.</summary>
    /// <param name="data">Queries and gallery.</param>
    /// <param name="options">How.</param>
    /// <param name="mode">What is searched.</param>
    /// <param name="queries">The queries' rows.</param>
    /// <param name="top">How many items, at most; above 0.</param>
    /// <returns>The queries, in the order given.</returns>
    public static IReadOnlyList<RankedQuery> Rank(EvaluationData data, EvaluationOptions options, EvaluationMode mode,
        IReadOnlyList<int> queries, int top)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        GalleryItems items = new(data, options);
        QueryRanking ranking = new(items.Of(mode), options.Distance);
        return [.. queries.Select(query =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(query, nameof(queries));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(query, data.Queries, nameof(queries));
            float[] vector = items.ToCompare(data.Embedding(query).ToArray());
            ranking.Rank(vector);
            return new RankedQuery(query, ranking.Top(vector, data.Labels[query], data.Facets[query], top));
        })];
    }

    /// <summary>The order in which one query sees the gallery, nothing left out.</summary>
    /// <param name="data">Queries and gallery.</param>
    /// <param name="options">How.</param>
    /// <param name="gallery">What is ranked.</param>
    /// <param name="query">The query's row.</param>
    /// <returns>Places in <paramref name="gallery"/>, best first.</returns>
    internal static int[] Order(
        EvaluationData data, EvaluationOptions options, IReadOnlyList<GalleryItem> gallery, int query) =>
        new QueryRanking(gallery, options.Distance)
            .Rank(new GalleryItems(data, options).ToCompare(data.Embedding(query).ToArray())).ToArray();

    private static ModeResult Run(EvaluationData data, EvaluationOptions options, GalleryItems items,
        List<GalleryItem> gallery, CancellationToken cancellationToken)
    {
        QueryResult?[] results = new QueryResult?[data.Queries];
        long ticks = 0;
        Parallel.For(
            0,
            data.Queries,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new QueryRanking(gallery, options.Distance),
            (query, _, ranking) =>
            {
                float[] vector = items.ToCompare(data.Embedding(query).ToArray());
                long started = Stopwatch.GetTimestamp();
                ranking.Rank(vector);
                Interlocked.Add(ref ticks, Stopwatch.GetTimestamp() - started);
                results[query] = ranking.Read(query, data.Labels[query], data.Facets[query]);
                return ranking;
            },
            static _ => { });
        return new ModeResult
        {
            Queries = [.. results.OfType<QueryResult>()],
            Gallery = gallery.Count,
            Bytes = (long)gallery.Count * data.Dimension * sizeof(float),
            SearchMs = data.Queries == 0 ? 0 : TimeSpan.FromSeconds(
                (double)ticks / Stopwatch.Frequency).TotalMilliseconds / data.Queries,
        };
    }
}
