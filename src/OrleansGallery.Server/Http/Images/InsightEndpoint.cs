using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Why an identity scores as it does: its images one by one, and who is easily taken for it.</summary>
internal static class InsightEndpoint
{
    private const int DefaultSimilar = 5;
    private const int MaxSimilar = 100;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/insight", GetAsync).WithName("getInsight")
            .WithSummary("Why an identity scores as it does: its images one by one, and who is easily taken for it.")
            .Paged()
            .WithMetadata(
                OperationParameter.Query(
                    "against", JsonSchemaType.String, "p7",
                    "The identity whose centroid's score is explained. Default: the identity itself."),
                OperationParameter.Query(
                    "similar", JsonSchemaType.Integer, DefaultSimilar,
                    $"How many other identities at most, 0 to {MaxSimilar}. Default: {DefaultSimilar}."))
            .Gives(ImageExamples.Insight)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.Overloaded, ErrorCodes.Incomplete,
                ErrorCodes.Unconfirmed);

    private static async Task<IResult> GetAsync(
        string gallery,
        string identity,
        HttpRequest request,
        IGrainFactory grains,
        SearchRouter router,
        IOptions<ServerOptions> options,
        CancellationToken aborted)
    {
        Paging paging = Paging.Of(request);
        int similar = SimilarOf(request.Query["similar"]);
        string? against = request.Query["against"] is [{ Length: > 0 } named] ? named : null;
        // The id first: it can be refused without asking anybody.
        IdRules.Require("identity id", identity);
        TimeSpan scanTime = RequestDeadline.Of(request.HttpContext)?.Left ?? options.Value.SearchDeadline;
        Gallery found = await router.FindGalleryAsync(gallery, scanTime);
        IIdentityGrain grain = grains.IdentityGrain(found, identity);
        VectorBytes? compared = against is null
            ? null
            : await grains.IdentityGrain(found, against).RequireCentroidAsync(against, "to compare").WaitAsync(aborted);
        IdentityInsight insight = await grain.ExplainAsync(paging.Cursor, paging.Limit, compared).WaitAsync(aborted);
        InsightResponse response = Respond(identity, against, insight);
        if (paging.Cursor is not null)
        {
            return TypedResults.Ok(response);
        }

        IdentitySnapshot snapshot = await grain.GetAsync(withDispersion: true).WaitAsync(aborted);
        return TypedResults.Ok(response with
        {
            Dispersion = snapshot.Dispersion,
            Similar = snapshot.Centroid is not { } centroid || similar == 0
                ? []
                : await SimilarAsync(router, found, identity, centroid, similar, scanTime, aborted),
        });
    }

    private static int SimilarOf(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultSimilar
        : PlainNumber.TryParse(text, out int similar) && similar is >= 0 and <= MaxSimilar ? similar
        : throw new InvalidRequestException(
            $"similar is '{text}'; a whole number from 0 to {MaxSimilar} is taken.");

    // One more, for the identity itself.
    private static async Task<IReadOnlyList<SearchMatch>> SimilarAsync(
        SearchRouter router, Gallery gallery, string identity, VectorBytes centroid, int similar, TimeSpan deadline,
        CancellationToken aborted)
    {
        SearchAnswer answer = await router.SearchAsync(
            new SearchCommand
            {
                Gallery = gallery.Number,
                Partitions = gallery.Partitions,
                Dimension = gallery.Dimension,
                Query = centroid,
                Top = similar + 1,
                Deadline = deadline,
                Filter = [ReservedAttributes.NotAmbiguous],
            },
            aborted);
        CompleteAnswer.Require(answer, deadline);
        return Ranking.Of(answer.Matches.Where(match => match.IdentityId != identity), similar);
    }

    private static InsightResponse Respond(string identity, string? against, IdentityInsight insight) => new()
    {
        Identity = identity,
        Version = insight.Version,
        Count = insight.Count,
        Against = against,
        Score = insight.Score,
        Images =
        [
            .. insight.Images.Select(image => new ImageInsightResponse
            {
                ImageId = image.ImageId,
                Facet = image.Facet,
                Score = image.Score,
                ScoreWithout = image.ScoreWithout,
                Contribution = image.Contribution,
            }),
        ],
        Next = insight.Next,
        Similar = [],
    };
}
