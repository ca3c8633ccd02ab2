using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>Searches: the query becomes a vector, the search grain finds the matches, the decision follows.</summary>
internal static class SearchEndpoint
{
    public const int DefaultTop = 10;
    public const int MaxTop = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/search", SearchAsync)
            .Takes<SearchRequest>("application/json", "multipart/form-data")
            .Produces<SearchResponse>().WithName("search");

    private static async Task<IResult> SearchAsync(
        string gallery,
        HttpRequest request,
        SearchRouter router,
        QueryReader query,
        IOptions<ServerOptions> options,
        CancellationToken aborted)
    {
        FormBody? form = FormBody.Is(request) ? await FormBody.ReadAsync(request, options.Value.MaxBodyBytes) : null;
        SearchRequest search = form is null
            ? await JsonBody.ReadAsync<SearchRequest>(request)
            : new SearchRequest
            {
                Top = form.Integer("top"),
                Threshold = form.Number("threshold"),
                ExcludeFacet = form.Text("excludeFacet"),
                IncludeVector = form.Flag("includeVector") ?? false,
                RequireComplete = form.Flag("requireComplete") ?? false,
            };
        int top = search.Top ?? DefaultTop;
        if (top is < 1 or > MaxTop)
        {
            throw new InvalidRequestException($"top is {top}; 1 to {MaxTop} are possible.");
        }

        if (search.Threshold is { } threshold && threshold is not (>= -1 and <= 1))
        {
            throw new InvalidRequestException($"threshold is {threshold}; -1 to 1 are possible.");
        }

        Gallery found = await router.FindGalleryAsync(gallery, options.Value.SearchDeadline);
        SearchCommand command = new()
        {
            Gallery = found.Number,
            Partitions = found.Partitions,
            Dimension = found.Dimension,
            Query = form is null
                ? await query.OfAsync(found, search)
                : await query.OfFileAsync(found, form.File, aborted),
            // The decision looks at the second best, also where only one match is asked for.
            Top = Math.Max(top, 2),
            Deadline = options.Value.SearchDeadline,
            ExcludedFacet = search.ExcludeFacet is null ? null : IdRules.RequireFacet(search.ExcludeFacet),
        };
        SearchAnswer answer = await router.SearchAsync(command, aborted);
        if (search.RequireComplete)
        {
            Require(answer, command.Deadline);
        }

        SearchResponse response = Respond(answer, found, search.Threshold ?? found.Settings.Threshold, top);
        return TypedResults.Ok(
            search.IncludeVector ? response with { Vector = command.Query.Components.ToArray() } : response);
    }

    /// <summary>Refuses an answer that is not of all partitions, or not of the last rows.</summary>
    public static void Require(SearchAnswer answer, TimeSpan deadline)
    {
        if (answer.Missing.Count > 0)
        {
            throw new IncompleteSearchException(
                $"{answer.Answered} of {answer.Asked} partitions answered within {deadline.TotalSeconds} s "
                + $"({ServerOptions.Section}:{nameof(ServerOptions.SearchDeadline)}); missing: "
                + $"{string.Join(", ", answer.Missing)}.");
        }

        if (!answer.IsConfirmed)
        {
            throw new UnconfirmedSearchException(
                "The store has not confirmed within the last seconds that the rows compared are the last; send the "
                + "search again, or without requireComplete.");
        }
    }

    private static SearchResponse Respond(SearchAnswer answer, Gallery gallery, double? threshold, int top)
    {
        ScanEvidence evidence = answer.Evidence;
        return new SearchResponse
        {
            Decision = DecisionRule.Decide(answer.Matches, threshold, gallery.Settings.Margin),
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
