using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>How easily two identities are taken for each other.</summary>
internal static class ConfusabilityEndpoint
{
    private const int Page = 1_000;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("/confusability/{other}", GetAsync).WithName("getConfusability")
            .WithSummary(
                "How easily two identities are taken for each other: all images of both are compared with both.")
            .Gives(SuggestionExamples.Confusability)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound);

    private static async Task<IResult> GetAsync(
        string gallery, string identity, string other, IGrainFactory grains, CancellationToken aborted)
    {
        IdRules.Require("identity id", identity);
        if (IdRules.Require("other identity's id", other) == identity)
        {
            throw new InvalidRequestException($"'{identity}' is named twice; a pair is of two identities.");
        }

        Gallery found = await grains.GalleryGrain(gallery).GetAsync().WaitAsync(aborted);
        IIdentityGrain[] grain = [grains.IdentityGrain(found, identity), grains.IdentityGrain(found, other)];
        IdentitySnapshot[] sides = await Task.WhenAll(
            grain.Select(each => each.GetAsync(withDispersion: true))).WaitAsync(aborted);
        return TypedResults.Ok(new ConfusabilityResponse
        {
            One = await CompareAsync(grain[0], identity, sides[0], sides[1].Centroid, aborted),
            Other = await CompareAsync(grain[1], other, sides[1], sides[0].Centroid, aborted),
            Score = PairFigures.Score(sides[0], sides[1]),
            MergedDispersion = PairFigures.MergedDispersion(sides[0], sides[1]),
            SharedFacets = PairFigures.SharedFacets(sides[0], sides[1]),
        });
    }

    private static async Task<ConfusedIdentityResponse> CompareAsync(
        IIdentityGrain grain, string id, IdentitySnapshot identity, VectorBytes? others, CancellationToken aborted)
    {
        (long compared, long nearer) = (0, 0);
        string? cursor = null;
        do
        {
            if (others is null)
            {
                break;
            }

            IdentityInsight page = await grain.ExplainAsync(cursor, Page, others).WaitAsync(aborted);
            if (page.Version != identity.Version)
            {
                throw new RetryException($"Identity '{id}' changed while its images were compared; ask again.")
                {
                    NothingWritten = true,
                };
            }

            compared += page.Images.Count(image => image is { ScoreWithout: not null, ScoreCompared: not null });
            nearer += page.Images.Count(image => image.ScoreCompared > image.ScoreWithout);
            cursor = page.Next;
        }
        while (cursor is not null);
        return new ConfusedIdentityResponse
        {
            Identity = id,
            Version = identity.Version,
            Count = identity.Count,
            Dispersion = identity.Dispersion,
            Compared = compared,
            NearerToOther = nearer,
            Share = compared == 0 ? null : (double)nearer / compared,
        };
    }
}
