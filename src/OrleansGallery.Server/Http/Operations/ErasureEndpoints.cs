using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What is to be gone for good: done once per operation id, with a receipt, and never undone.</summary>
internal static class ErasureEndpoints
{
    public static void Map(IEndpointRouteBuilder identities, IEndpointRouteBuilder gallery)
    {
        identities.MapPost("/{identity}:erase", EraseAsync).WithName("eraseIdentity")
            .WithSummary("Erases an identity, or one of its images, for good: nothing of it is left when this answers, "
                + "and its contents are refused for a while.")
            .Takes(OperationExamples.Erase, RequestBodyDescription.Json)
            .Repeats(OperationEndpoints.Repeating)
            .Gives(OperationExamples.Erased)
            .Fails(
                ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.OperationConflict, ErrorCodes.StorageFull);
        gallery.MapGroup("/erasures").WithTags("Operations").MapGet("/{operation}", GetAsync).WithName("getErasure")
            .WithSummary("What an erasure took away.")
            .Gives(OperationExamples.Erased)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.OperationNotFound, ErrorCodes.OperationConflict);
    }

    private static async Task<IResult> EraseAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        EraseIdentityRequest body = await JsonBody.ReadAsync<EraseIdentityRequest>(request);
        EraseRequest erase = new()
        {
            OperationId = OperationEndpoints.OperationIdOf(body.OperationId),
            ImageId = body.ImageId is null ? null : IdRules.Require("image id", body.ImageId),
        };
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        return TypedResults.Ok(Respond(
            await RepeatedOperation.RunAsync(() => grain.EraseAsync(erase), time, aborted)));
    }

    private static async Task<IResult> GetAsync(
        string gallery, string operation, IGrainFactory grains, CancellationToken aborted) =>
        TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).GetErasureAsync(
            IdRules.Require("operation id", operation)).WaitAsync(aborted)));

    private static ErasureResponse Respond(ErasureReceipt receipt) => new()
    {
        OperationId = receipt.OperationId,
        ImageId = receipt.ImageId,
        ImagesErased = receipt.ImagesErased,
        ContentsHash = receipt.ContentsHash,
        Identity = OperationEndpoints.Respond(receipt.Identity),
        ErasedAt = receipt.ErasedAt,
        RefusedUntil = receipt.RefusedUntil,
    };
}
