using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Operations over two identities, each done once per operation id.</summary>
internal static class OperationEndpoints
{
    /// <summary>What the document says of sending one again.</summary>
    public const string Repeating = "What repeats an operation without doing it twice is its `operationId`.";

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
        SplitEndpoints.Map(identities, Describe);
        ErasureEndpoints.Map(identities, gallery);
        // Without these the routes above would stand for all POSTs here, and not matching one would be a 404.
        identities.MapPost("/{identity}", context => RefusePost(context, "GET, DELETE, PATCH"))
            .ExcludeFromDescription();
        RouteGroupBuilder operations = gallery.MapGroup("/operations").WithTags("Operations");
        operations.MapGet("/{operation}", GetAsync).WithName("getOperation")
            .WithSummary("What an operation did.")
            .Gives(OperationExamples.Done)
            .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.OperationNotFound, ErrorCodes.OperationConflict);
        Describe(operations.MapPost("/{operation}:undo", UndoAsync))
            .WithName("undoOperation").WithSummary("Takes an operation back, exactly, where nothing stands against it.")
            .Takes(OperationExamples.Undo, RequestBodyDescription.Json)
            .Fails(
                ErrorCodes.OperationNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.ImageNotFound,
                ErrorCodes.ImageExists, ErrorCodes.IdentityExists, ErrorCodes.ImageConflict,
                ErrorCodes.OperationConflict);
        operations.MapPost("/{operation}", RefusePost).ExcludeFromDescription();
    }

    public static string OperationIdOf(string? given) =>
        given is null ? Guid.NewGuid().ToString("N") : IdRules.Require("operation id", given);

    public static IReadOnlyList<string> ImageIdsOf(IReadOnlyList<string>? given) => given switch
    {
        null => throw new InvalidRequestException("The field imageIds is missing."),
        { Count: > TransferRequest.MaxImages } => throw new InvalidRequestException(
            $"{given.Count} images are named; at most {TransferRequest.MaxImages} may move at once."),
        _ => [.. given.Select(id => IdRules.Require("image id", id))],
    };

    public static async Task<IResult> TransferAsync(
        string gallery, string identity, IGrainFactory grains, TimeProvider time, TransferRequest request,
        CancellationToken aborted)
    {
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        return TypedResults.Ok(Respond(
            await RepeatedOperation.RunAsync(() => grain.TransferAsync(request), time, aborted)));
    }

    public static OperationSideResponse Respond(OperationSide side) => new()
    {
        Identity = side.IdentityId,
        Before = Respond(side.Before),
        After = Respond(side.After),
    };

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .Repeats(Repeating)
        .Gives(OperationExamples.Done)
        .Fails(ErrorCodes.GalleryNotFound, ErrorCodes.StorageFull);

    /// <summary>Answers a POST where only a GET is possible.</summary>
    public static Task RefusePost(HttpContext context) => RefusePost(context, "GET");

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
        IIdentityGrain grain = await grains.IdentityGrainAsync(
            gallery, await HolderAsync(grains.GalleryGrain(gallery), undo, aborted));
        return TypedResults.Ok(Respond(await RepeatedOperation.RunAsync(() => grain.UndoAsync(undo), time, aborted)));
    }

    // Who has what is to be given back. An undoing that was done is found though what it undid is forgotten.
    private static async Task<string> HolderAsync(IGalleryGrain gallery, UndoRequest undo, CancellationToken aborted)
    {
        try
        {
            return (await gallery.GetOperationAsync(undo.OperationId).WaitAsync(aborted)).Source.IdentityId;
        }
        catch (OperationNotFoundException)
        {
            return (await gallery.GetOperationAsync(undo.UndoneId).WaitAsync(aborted)).Target.IdentityId;
        }
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
        return await TransferAsync(gallery, identity, grains, time, new TransferRequest
        {
            OperationId = OperationIdOf(body.OperationId),
            TargetId = IdRules.Require("identity id in the field to", body.To),
            ImageIds = ImageIdsOf(body.ImageIds),
        }, aborted);
    }

    private static OperationResponse Respond(OperationReceipt receipt) => new()
    {
        OperationId = receipt.OperationId,
        ImagesMoved = receipt.ImagesMoved,
        Source = Respond(receipt.Source),
        Target = Respond(receipt.Target),
        Undone = receipt.UndoneId,
    };

    private static IdentityMarkResponse Respond(IdentityMark mark) => new()
    {
        Version = mark.Version,
        Count = mark.Count,
        Hash = mark.Hash,
    };
}
