using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Operations over two identities, each done once per operation id.</summary>
internal static class OperationEndpoints
{
    public static void Map(IEndpointRouteBuilder gallery)
    {
        RouteGroupBuilder identities = gallery.MapGroup("/identities").WithTags("Identities");
        Describe(identities.MapPost("/{identity}:merge", MergeAsync))
            .WithName("mergeIdentity").WithSummary("Makes all images of an identity another one's, in one step.")
            .Takes(OperationExamples.Merge, RequestBodyDescription.Json)
            .Fails(ErrorCodes.IdentityNotFound, ErrorCodes.ImageExists, ErrorCodes.OperationConflict);
        Describe(identities.MapPost("/{identity}:rename", RenameAsync))
            .WithName("renameIdentity").WithSummary("Gives an identity another id.")
            .Takes(OperationExamples.Rename, RequestBodyDescription.Json)
            .Fails(ErrorCodes.IdentityNotFound, ErrorCodes.IdentityExists, ErrorCodes.OperationConflict);
        Describe(identities.MapPost("/{identity}/images:move", MoveAsync))
            .WithName("moveImages").WithSummary("Makes some images of an identity another one's, in one step.")
            .Takes(OperationExamples.Move, RequestBodyDescription.Json)
            .Fails(
                ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound, ErrorCodes.ImageExists,
                ErrorCodes.OperationConflict);
        // Without these the routes above would stand for all POSTs here, and not matching one would be a 404.
        identities.MapPost("/{identity}", context => RefusePost(context, "GET, DELETE")).ExcludeFromDescription();
        RouteGroupBuilder operations = gallery.MapGroup("/operations").WithTags("Operations");
        operations.MapGet("/{operation}", GetAsync).WithName("getOperation")
            .WithSummary("What an operation did.")
            .Gives(OperationExamples.Done).Fails(ErrorCodes.GalleryNotFound, ErrorCodes.OperationNotFound);
        Describe(operations.MapPost("/{operation}:undo", UndoAsync))
            .WithName("undoOperation").WithSummary("Takes an operation back, exactly, where nothing stands against it.")
            .Takes(OperationExamples.Undo, RequestBodyDescription.Json)
            .Fails(
                ErrorCodes.OperationNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.ImageExists, ErrorCodes.OperationConflict);
        operations.MapPost("/{operation}", context => RefusePost(context, "GET")).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .Repeats("What repeats an operation without doing it twice is its `operationId`.")
        .Gives(OperationExamples.Done)
        .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.StorageFull);

    private static Task RefusePost(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    private static async Task<IResult> RenameAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        RenameIdentityRequest body = await JsonBody.ReadAsync<RenameIdentityRequest>(request);
        return await TransferAsync(gallery, identity, grains, time, new TransferRequest
        {
            OperationId = OperationIdOf(body.OperationId),
            TargetId = IdRules.Require("identity id in the field to", body.To),
            Target = TransferTarget.New,
        }, aborted);
    }

    private static async Task<IResult> GetAsync(
        string gallery, string operation, IGrainFactory grains, CancellationToken aborted) =>
        TypedResults.Ok(Respond(await grains.GalleryGrain(gallery).GetOperationAsync(
            IdRules.Require("operation id", operation)).WaitAsync(aborted)));

    private static async Task<IResult> UndoAsync(
        string gallery, string operation, HttpRequest request, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        UndoOperationRequest body = await JsonBody.ReadAsync<UndoOperationRequest>(request);
        UndoRequest undo = new()
        {
            OperationId = OperationIdOf(body.OperationId), UndoneId = IdRules.Require("operation id", operation),
        };
        OperationReceipt undone = await grains.GalleryGrain(gallery).GetOperationAsync(operation).WaitAsync(aborted);
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, undone.Target.IdentityId);
        return TypedResults.Ok(Respond(await RepeatedOperation.RunAsync(() => grain.UndoAsync(undo), time, aborted)));
    }

    private static async Task<IResult> MergeAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        MergeIdentityRequest body = await JsonBody.ReadAsync<MergeIdentityRequest>(request);
        return await TransferAsync(gallery, identity, grains, time, new TransferRequest
        {
            OperationId = OperationIdOf(body.OperationId),
            TargetId = IdRules.Require("identity id in the field into", body.Into),
        }, aborted);
    }

    private static async Task<IResult> MoveAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, TimeProvider time,
        CancellationToken aborted)
    {
        MoveImagesRequest body = await JsonBody.ReadAsync<MoveImagesRequest>(request);
        if (body.ImageIds is { Count: > TransferRequest.MaxImages })
        {
            throw new InvalidRequestException(
                $"{body.ImageIds.Count} images are named; at most {TransferRequest.MaxImages} may move at once.");
        }

        return await TransferAsync(gallery, identity, grains, time, new TransferRequest
        {
            OperationId = OperationIdOf(body.OperationId),
            TargetId = IdRules.Require("identity id in the field to", body.To),
            ImageIds =
            [
                .. (body.ImageIds ?? throw new InvalidRequestException("The field imageIds is missing."))
                    .Select(id => IdRules.Require("image id", id)),
            ],
        }, aborted);
    }

    private static string OperationIdOf(string? given) =>
        given is null ? Guid.NewGuid().ToString("N") : IdRules.Require("operation id", given);

    private static async Task<IResult> TransferAsync(
        string gallery, string identity, IGrainFactory grains, TimeProvider time, TransferRequest request,
        CancellationToken aborted)
    {
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        return TypedResults.Ok(Respond(
            await RepeatedOperation.RunAsync(() => grain.TransferAsync(request), time, aborted)));
    }

    private static OperationResponse Respond(OperationReceipt receipt) => new()
    {
        OperationId = receipt.OperationId,
        ImagesMoved = receipt.ImagesMoved,
        Source = Respond(receipt.Source),
        Target = Respond(receipt.Target),
    };

    private static OperationSideResponse Respond(OperationSide side) => new()
    {
        Identity = side.IdentityId,
        Before = Respond(side.Before),
        After = Respond(side.After),
    };

    private static IdentityMarkResponse Respond(IdentityMark mark) => new()
    {
        Version = mark.Version,
        Count = mark.Count,
        Hash = mark.Hash,
    };
}
