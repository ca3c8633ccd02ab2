using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Pairs of identities that may be one: looked for, shown, put aside.</summary>
internal static class SuggestionEndpoints
{
    private const string Dismissed = "dismissed";
    private const string MinScore = "minScore";
    private const int DefaultLimit = 20;

    // Of each pair the images of both are read.
    private const int MaxLimit = 100;

    public static void Map(IEndpointRouteBuilder gallery)
    {
        gallery.MapGet("/suggestions", ListAsync).WithName("listSuggestions")
            .WithSummary("Pairs of identities that may be one, best first, as the last refresh found them.")
            .WithMetadata(
                OperationParameter.Query(
                    "cursor", JsonSchemaType.String, "20", "The `next` of the page before; left out: the first page."),
                OperationParameter.Query(
                    "limit", JsonSchemaType.Integer, DefaultLimit,
                    $"At most so many, 1 to {MaxLimit}. Default: {DefaultLimit}."),
                OperationParameter.Query(
                    MinScore, JsonSchemaType.Number, 0.7,
                    "The lowest score, not below that of the refresh. Default: that of the refresh."),
                OperationParameter.Query(
                    Dismissed, JsonSchemaType.Boolean, false,
                    "Whether to show the pairs that were put aside instead, the last one first. Default: false."))
            .Gives(SuggestionExamples.List)
            .Fails(ErrorCodes.GalleryNotFound);
        gallery.MapPost("/suggestions:refresh", RefreshAsync).WithName("refreshSuggestions")
            .WithSummary(
                "Begins to search for near pairs, and answers at once; after the first time only identities that "
                + "changed are searched for.")
            .Takes(SuggestionExamples.Refresh, RequestBodyDescription.Json)
            .Repeats("A repetition joins the search that is under way.")
            .Gives(SuggestionExamples.Run, StatusCodes.Status202Accepted)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.OperationConflict);
        gallery.MapPost("/suggestions:cancel", CancelAsync).WithName("cancelSuggestions")
            .WithSummary("Ends a search for near pairs; the pairs known before stay.")
            .Repeats("A repetition ends what is under way then.")
            .Gives(SuggestionExamples.List)
            .Fails(ErrorCodes.GalleryNotFound);
        Describe(gallery.MapPost("/suggestions:dismiss", DismissAsync)).WithName("dismissSuggestion")
            .WithSummary(
                "Puts a pair aside as not the same: it is not suggested any more, as long as both keep their ids.")
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.StorageFull);
        Describe(gallery.MapPost("/suggestions:restore", RestoreAsync)).WithName("restoreSuggestion")
            .WithSummary("Takes back that a pair was put aside, of identities that are gone, too.")
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.StorageFull);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .Takes(SuggestionExamples.Dismiss, RequestBodyDescription.Json)
        .Repeats("A repetition changes nothing.")
        .Gives(SuggestionExamples.Dismissed);

    private static async Task<IResult> ListAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted) =>
        TypedResults.Ok(Respond(await grains.SuggestionsGrain(gallery).ListAsync(new SuggestionQuery
        {
            Start = Paging.NumberOf(request, "cursor", 0, 0, int.MaxValue),
            Limit = Paging.NumberOf(request, "limit", DefaultLimit, 1, MaxLimit),
            MinScore = ScoreOf(request.Query[MinScore]),
            IsDismissed = QueryFlag.Of(request, Dismissed),
        }).WaitAsync(aborted)));

    private static async Task<IResult> RefreshAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        RefreshSuggestionsRequest body = await JsonBody.ReadAsync<RefreshSuggestionsRequest>(request);
        SuggestionRun run = await grains.SuggestionsGrain(gallery).RefreshAsync(new SuggestionOrder
        {
            MinScore = body.MinScore, Pairs = body.Pairs, IsFull = body.Full,
        }).WaitAsync(aborted);
        return TypedResults.Accepted((string?)null, Respond(run));
    }

    private static async Task<IResult> CancelAsync(string gallery, IGrainFactory grains, CancellationToken aborted)
    {
        ISuggestionsGrain grain = grains.SuggestionsGrain(gallery);
        await grain.CancelAsync().WaitAsync(aborted);
        return TypedResults.Ok(Respond(
            await grain.ListAsync(new SuggestionQuery { Limit = DefaultLimit }).WaitAsync(aborted)));
    }

    private static Task<IResult> DismissAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted) =>
        PutAsideAsync(gallery, request, grains, true, aborted);

    private static Task<IResult> RestoreAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted) =>
        PutAsideAsync(gallery, request, grains, false, aborted);

    private static async Task<IResult> PutAsideAsync(
        string gallery, HttpRequest request, IGrainFactory grains, bool isDismissed, CancellationToken aborted)
    {
        DismissSuggestionRequest body = await JsonBody.ReadAsync<DismissSuggestionRequest>(request);
        string one = IdRules.Require("identity id in the field one", body.One);
        string other = IdRules.Require("identity id in the field other", body.Other);
        await grains.SuggestionsGrain(gallery).DismissAsync(one, other, isDismissed).WaitAsync(aborted);
        return TypedResults.Ok(
            new DismissSuggestionResponse { One = one, Other = other, Dismissed = isDismissed });
    }

    private static double? ScoreOf(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double score)
            && Math.Abs(score) <= 1 ? score
        : throw new InvalidRequestException($"{MinScore} is '{text}'; a score is a number from -1 to 1.");

    private static SuggestionsResponse Respond(SuggestionPage page) => new()
    {
        Suggestions = [.. page.Suggestions.Select(Respond)],
        Next = page.Next?.ToString(CultureInfo.InvariantCulture),
        MinScore = page.MinScore,
        CutAt = page.CutAt,
        RefreshedAt = page.RefreshedAt,
        Stale = page.IsStale,
        Dismissed = page.Dismissed,
        Refresh = page.Run is { } run ? Respond(run) : null,
    };

    private static SuggestionResponse Respond(MergeSuggestion pair) => new()
    {
        One = Respond(pair.One),
        Other = Respond(pair.Other),
        Score = pair.Score,
        Mutual = pair.IsMutual,
        MergedDispersion = pair.MergedDispersion,
        SharedFacets = pair.SharedFacets,
        Changed = pair.IsChanged,
    };

    private static SuggestedIdentityResponse Respond(SuggestedIdentity side) => new()
    {
        Identity = side.IdentityId, Count = side.Count, Dispersion = side.Dispersion,
    };

    private static SuggestionRunResponse Respond(SuggestionRun run) => new()
    {
        Id = run.Id,
        State = run.State,
        Searched = run.Searched,
        Total = run.Total,
        StartedAt = run.StartedAt,
        Error = run.Error,
    };
}
