using System.Globalization;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>One search: the query becomes a vector, the search grain finds the matches, the decision follows.</summary>
internal sealed class GallerySearch(SearchRouter router, QueryReader query, IOptions<ServerOptions> options)
{
    public const int DefaultTop = 10;
    public const int MaxTop = 1_000;

    public Task<Gallery> FindGalleryAsync(string name, RequestDeadline? deadline) =>
        router.FindGalleryAsync(name, ScanTime(deadline));

    /// <param name="gallery">The gallery.</param>
    /// <param name="search">The search.</param>
    /// <param name="deadline">When the answer has to be there; null: the scan has its usual time.</param>
    /// <param name="aborted">Nobody waits any more.</param>
    public async Task<SearchResponse> RunAsync(
        Gallery gallery, SearchRequest search, RequestDeadline? deadline, CancellationToken aborted)
    {
        int top = TopOf(search);
        QueryExamples examples = QueryExamples.Of(search);
        string? excluded = search.ExcludeFacet is null ? null : IdRules.RequireFacet(search.ExcludeFacet);
        IReadOnlyList<AttributeMatch> filter = FilterReader.Of(search.Filter);
        VectorBytes vector = await query.OfAsync(gallery, examples, aborted);
        SearchCommand command = new()
        {
            Gallery = gallery.Number,
            Partitions = gallery.Partitions,
            Dimension = gallery.Dimension,
            Query = vector,
            // The decision looks at the second best, also where only one match is asked for.
            Top = Math.Max(top, 2),
            Deadline = ScanTime(deadline),
            ExcludedFacet = excluded,
            // What could not be decided is no match of a search that does not ask for it.
            Filter = filter.Any(match => match.Key == ReservedAttributes.State && !match.IsNot
                    && match.Values.Contains(ReservedAttributes.Ambiguous))
                ? filter
                : [.. filter, ReservedAttributes.NotAmbiguous],
        };
        SearchAnswer answer = await router.SearchAsync(command, aborted);
        if (search.RequireComplete)
        {
            CompleteAnswer.Require(answer, command.Deadline);
        }

        bool isMeasured = examples.IsNew && excluded is null && filter.Count == 0;
        return Respond(answer, DecisionRule.BasisOf(search, gallery, isMeasured), top) with
        {
            Query = examples.ToAnswer(),
            Vector = search.IncludeVector ? vector.Components.ToArray() : null,
        };
    }

    private TimeSpan ScanTime(RequestDeadline? deadline) => deadline?.Left ?? options.Value.SearchDeadline;

    private static int TopOf(SearchRequest search)
    {
        if (search.Threshold is { } threshold && threshold is not (>= -1 and <= 1))
        {
            throw new InvalidRequestException(
                string.Create(CultureInfo.InvariantCulture, $"threshold is {threshold}; -1 to 1 are possible."));
        }

        return (search.Top ?? DefaultTop) is var top and >= 1 and <= MaxTop
            ? top
            : throw new InvalidRequestException($"top is {search.Top}; 1 to {MaxTop} are possible.");
    }

    private static SearchResponse Respond(SearchAnswer answer, DecisionBasis basis, int top)
    {
        ScanEvidence evidence = answer.Evidence;
        return new SearchResponse
        {
            Decision = DecisionRule.Decide(answer.Matches, basis.Threshold, basis.Margin),
            DecidedBy = basis,
            Matches = Ranking.Of(answer.Matches, top),
            Partial = answer.Missing.Count > 0,
            Confirmed = answer.IsConfirmed,
            Partitions = new PartitionsAsked
            {
                Asked = answer.Asked, Answered = answer.Answered, Missing = answer.Missing,
            },
            Evidence = new SearchEvidence
            {
                RowsScanned = evidence.RowsScanned,
                RowsRescored = evidence.RowsRescored,
                KthScore = MatchOrder.KthScore(answer.Matches, top),
                Projected = new() { Bounded = evidence.ProjectedBounded, Passed = evidence.ProjectedPassed },
                Quantized = new() { Bounded = evidence.QuantizedBounded, Passed = evidence.QuantizedPassed },
                Flat = new() { Bounded = evidence.FlatBounded, Passed = evidence.FlatPassed },
                LargestDropped = evidence.LargestDropped,
                ScanMs = answer.SlowestScan.TotalMilliseconds,
            },
        };
    }
}
