using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>
/// Asks a running service what the offline evaluation computes. A query is embedded once, by its first search, and then
/// searched with once per facet that the protocol leaves out.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="gallery">The gallery.</param>
/// <param name="protocol">Which centroids a query is compared with.</param>
internal sealed class OnlineEvaluation(GalleryClient client, string gallery, EvaluationProtocol protocol)
{
    private const int Top = 1000;
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private long _ticks;
    private long _searches;
    private int _beyond;

    /// <summary>Queries that were not searched with, and why.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => _unreadable;

    /// <summary>Queries whose identity is not among the first matches that an answer can have.</summary>
    public int Beyond => _beyond;

    /// <summary>Searches with all queries.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="onProgress">Called with the number of queries done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GalleryApiException">The service refuses or does not answer.</exception>
    public async Task<EvaluationDocument> RunAsync(
        IReadOnlyList<OnlineQuery> queries, Action<int> onProgress, CancellationToken cancellationToken)
    {
        GalleryResponse described = await client.GetGalleryAsync(gallery, cancellationToken);
        ServedEvaluation evaluation = new(
            [.. queries.Select(query => query.Query)], await FacetsAsync(queries, cancellationToken), protocol);
        (QueryResult? Dropped, QueryResult? Kept)[] results = new (QueryResult?, QueryResult?)[queries.Count];
        int done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, queries.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (query, token) =>
            {
                if (await AnswersAsync(queries[query], evaluation.LeftOut, token) is { } answers)
                {
                    (QueryResult? dropped, int beyond) = evaluation.Read(query, answers, Top, keepUnqueried: false);
                    results[query] = (dropped, evaluation.Read(query, answers, Top, keepUnqueried: true).Result);
                    Interlocked.Add(ref _beyond, beyond > 0 ? 1 : 0);
                }

                onProgress(Interlocked.Increment(ref done));
            });
        int others = (int)described.Identities - evaluation.Queried;
        return EvaluationDocument.OfService(
            protocol,
            ModeOf(results.Select(result => result.Dropped), evaluation.Items, described.Dimension),
            ModeOf(results.Select(result => result.Kept), evaluation.Items + others, described.Dimension),
            queries.Count - _unreadable.Count);
    }

    private async Task<Dictionary<string, IReadOnlyCollection<string>>> FacetsAsync(
        IReadOnlyList<OnlineQuery> queries, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyCollection<string>> facets = new(StringComparer.Ordinal);
        foreach (string identity in queries.Select(query => query.Query.Identity).Distinct())
        {
            try
            {
                facets[identity] =
                    [.. (await client.GetIdentityAsync(gallery, identity, cancellationToken)).Facets.Keys];
            }
            catch (GalleryApiException exception) when (exception.Code == ErrorCodes.IdentityNotFound)
            {
                // Nobody to be found: its queries do not count.
            }
        }

        return facets;
    }

    // The first search leaves no facet out.
    private async Task<IReadOnlyList<IReadOnlyList<Match>>?> AnswersAsync(
        OnlineQuery query, IReadOnlyList<string?> leftOut, CancellationToken cancellationToken)
    {
        SearchRequest request = new() { Top = Top, RequireComplete = true, IncludeVector = query.Read is not null };
        List<IReadOnlyList<Match>> answers = [];
        float[]? vector = query.Vector;
        foreach (string? facet in leftOut)
        {
            long started = Stopwatch.GetTimestamp();
            SearchResponse? answer = vector is not null
                ? await client.SearchAsync(
                    gallery, request with { Vector = vector, ExcludeFacet = facet, IncludeVector = false },
                    cancellationToken)
                : await SearchFileAsync(query, request, cancellationToken);
            if (answer is null)
            {
                return null;
            }

            if (vector is not null)
            {
                Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - started);
                Interlocked.Increment(ref _searches);
            }

            vector ??= answer.Vector;
            answers.Add([.. answer.Matches.Select(match => new Match(match.Identity, match.Score, match.Count))]);
        }

        return answers;
    }

    private async Task<SearchResponse?> SearchFileAsync(
        OnlineQuery query, SearchRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SearchFileAsync(gallery, query.Read!(), request, cancellationToken);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException
                or GalleryApiException { Code: ErrorCodes.InvalidImage })
        {
            _unreadable[query.Name] = exception is GalleryApiException refused ? refused.Detail : exception.Message;
            return null;
        }
    }

    private ModeResult ModeOf(IEnumerable<QueryResult?> results, int items, int dimension) => new()
    {
        Queries = [.. results.OfType<QueryResult>()],
        Gallery = items,
        Bytes = (long)items * dimension * sizeof(float),
        SearchMs = _searches == 0 ? 0 : TimeSpan.FromSeconds(
            (double)_ticks / Stopwatch.Frequency).TotalMilliseconds / _searches,
    };
}
