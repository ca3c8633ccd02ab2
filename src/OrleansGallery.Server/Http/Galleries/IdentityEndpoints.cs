using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Identities: listed, described, deleted.</summary>
internal static class IdentityEndpoints
{
    private const string IncludeVector = "includeVector";

    // On the group of galleries: a colon follows the last segment here, not a name.
    public static void MapSpellings(IEndpointRouteBuilder gallery) =>
        gallery.MapGet("/identities:spellings", FindSpellingsAsync).WithName("findSpellings")
            .WithSummary("Identities whose ids are spellings of one name in Unicode: other bytes, the same text.")
            .Gives(ImageExamples.Spellings).Fails(ErrorCodes.GalleryNotFound);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("", ListAsync).WithName("listIdentities").WithSummary("Identities by id, page by page.")
            .Paged().Gives(ImageExamples.Identities).Fails(ErrorCodes.GalleryNotFound);
        routes.MapGet("/{identity}", GetAsync).WithName("getIdentity")
            .WithSummary("One identity; its version is the ETag.")
            .WithMetadata(OperationParameter.Header(
                "If-None-Match", "\"1-9\"", "An ETag that is known: answered 304, without a body, while it holds."))
            .WithMetadata(OperationParameter.Query(
                IncludeVector, JsonSchemaType.Boolean, false,
                "Whether the centroid comes with it, instead of the dispersion, for which images are read. "
                + "Default: false."))
            .Gives(ImageExamples.Identity).Produces(StatusCodes.Status304NotModified)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound);
        routes.MapDelete("/{identity}", DeleteAsync).WithName("deleteIdentity")
            .WithSummary("Deletes an identity with all its images, and answers the receipt.")
            .TakesIfMatch()
            .Repeats("It changes nothing: a repetition answers 404, because the identity is gone.")
            .Gives(ImageExamples.Deleted)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.StorageFull);
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

    /// <summary>An identity's grain, whether or not there is such an identity, and its gallery.</summary>
    public static async Task<(Gallery Gallery, IIdentityGrain Grain)> FindAsync(
        IGrainFactory grains, string gallery, string identity, CancellationToken aborted)
    {
        // The id first: it can be refused without asking anybody.
        IdRules.Require("identity id", identity);
        Gallery found = await grains.GalleryGrain(gallery).GetAsync().WaitAsync(aborted);
        return (found, grains.IdentityGrain(found, identity));
    }

    private static async Task<IResult> ListAsync(
        string gallery, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        Paging paging = Paging.Of(request);
        IdentityPage page = await grains.GalleryGrain(gallery).ListIdentitiesAsync(paging.Cursor, paging.Limit)
            .WaitAsync(aborted);
        return TypedResults.Ok(new IdentityListResponse
        {
            Identities = Respond(page.Identities),
            Next = page.Next,
        });
    }

    private static async Task<IResult> FindSpellingsAsync(
        string gallery, IGrainFactory grains, CancellationToken aborted)
    {
        return TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).FindSpellingsAsync(aborted)));
    }

    internal static SpellingsResponse Respond(IReadOnlyList<IdentitySpellings> names) => new()
    {
        Names =
        [
            .. names.Take(IdentitySpellings.MaxNames).Select(
                name => new SpelledName { Name = name.Name, Identities = Respond(name.Identities) }),
        ],
        Truncated = names.Count > IdentitySpellings.MaxNames,
    };

    private static IReadOnlyList<IdentityListEntry> Respond(IReadOnlyList<IdentityEntry> entries) =>
    [
        .. entries.Select(entry => new IdentityListEntry
        {
            Identity = entry.IdentityId,
            Version = entry.Version,
            Count = entry.Count,
            Attributes = entry.Attributes,
        }),
    ];

    private static async Task<IResult> GetAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        (Gallery found, IIdentityGrain grain) = await FindAsync(grains, gallery, identity, aborted);
        // The dispersion is of the images, which are read for it; whoever knows the answer is spared that.
        if (request.Headers.IfNoneMatch.Count > 0)
        {
            IdentitySnapshot known = await grain.GetAsync(withDispersion: false).WaitAsync(aborted);
            string tag = IdentityTag.Of(found, known.Version);
            if (IdentityTag.IsKnown(request, tag))
            {
                request.HttpContext.Response.Headers.ETag = tag;
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        bool includeVector = QueryFlag.Of(request, IncludeVector);
        IdentitySnapshot snapshot = await grain.GetAsync(withDispersion: !includeVector).WaitAsync(aborted);
        string etag = IdentityTag.Of(found, snapshot.Version);
        request.HttpContext.Response.Headers.ETag = etag;
        return TypedResults.Ok(new IdentityResponse
        {
            Identity = identity,
            Version = snapshot.Version,
            ETag = etag,
            Count = snapshot.Count,
            Facets = snapshot.Facets,
            Dispersion = snapshot.Dispersion,
            Searchable = snapshot.Centroid is not null,
            Vector = includeVector ? snapshot.Centroid?.Components.ToArray() : null,
            Hash = snapshot.Hash,
            Attributes = snapshot.Attributes,
        });
    }

    private static async Task<IResult> DeleteAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        (Gallery found, IIdentityGrain grain) = await FindAsync(grains, gallery, identity, aborted);
        await IdentityTag.RequireAsync(request, found, grain, identity, aborted);
        return TypedResults.Ok(Respond(identity, await grain.DeleteAsync().WaitAsync(aborted)));
    }
}
