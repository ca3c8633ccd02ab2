using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Identities: listed, described, deleted.</summary>
internal static class IdentityEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("", ListAsync)
            .Produces<IdentityListResponse>().WithName("listIdentities");
        routes.MapGet("/{identity}", GetAsync)
            .Produces<IdentityResponse>().WithName("getIdentity");
        routes.MapDelete("/{identity}", DeleteAsync)
            .Produces<DeletionReceipt>().WithName("deleteIdentity");
    }

    public static DeletionReceipt Respond(string identity, RemovalReceipt receipt) => new()
    {
        Identity = identity,
        ImagesRemoved = receipt.ImagesRemoved,
        IdentityHash = receipt.IdentityHash,
        Partition = new PartitionReceipt
        {
            Number = receipt.Commit.Partition,
            Epoch = receipt.Commit.Epoch,
            Sequence = receipt.Commit.Sequence,
            HashBefore = receipt.Commit.HashBefore,
            HashAfter = receipt.Commit.HashAfter,
        },
    };

    private static async Task<IResult> ListAsync(string gallery, HttpRequest request, IGrainFactory grains)
    {
        Paging paging = Paging.Of(request);
        IdentityPage page = await grains.GalleryGrain(gallery).ListIdentitiesAsync(paging.Cursor, paging.Limit);
        return TypedResults.Ok(new IdentityListResponse
        {
            Identities =
            [
                .. page.Identities.Select(entry => new IdentityListEntry
                {
                    Identity = entry.IdentityId, Version = entry.Version, Count = entry.Count,
                }),
            ],
            Next = page.Next,
        });
    }

    private static async Task<IResult> GetAsync(string gallery, string identity, IGrainFactory grains)
    {
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        IdentitySnapshot snapshot = await grain.GetAsync(withDispersion: true);
        return TypedResults.Ok(new IdentityResponse
        {
            Identity = identity,
            Version = snapshot.Version,
            Count = snapshot.Count,
            Facets = snapshot.Facets,
            Dispersion = snapshot.Dispersion,
            Searchable = snapshot.Centroid is not null,
            Hash = snapshot.Hash,
            Attributes = new Dictionary<string, string>(),
        });
    }

    private static async Task<IResult> DeleteAsync(string gallery, string identity, IGrainFactory grains)
    {
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        return TypedResults.Ok(Respond(identity, await grain.DeleteAsync()));
    }
}
