using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Operations over two identities, each done once per operation id.</summary>
internal static class OperationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/{identity}:merge", MergeAsync)
            .Takes<MergeIdentityRequest>("application/json").Produces<OperationResponse>().WithName("mergeIdentity");
        routes.MapPost("/{identity}/images:move", MoveAsync)
            .Takes<MoveImagesRequest>("application/json").Produces<OperationResponse>().WithName("moveImages");
    }

    private static async Task<IResult> MergeAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains)
    {
        MergeIdentityRequest body = await JsonBody.ReadAsync<MergeIdentityRequest>(request);
        return await TransferAsync(gallery, identity, grains, new TransferRequest
        {
            OperationId = OperationIdOf(body.OperationId),
            TargetId = IdRules.Require("identity id in the field into", body.Into),
        });
    }

    private static async Task<IResult> MoveAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains)
    {
        MoveImagesRequest body = await JsonBody.ReadAsync<MoveImagesRequest>(request);
        return await TransferAsync(gallery, identity, grains, new TransferRequest
        {
            OperationId = OperationIdOf(body.OperationId),
            TargetId = IdRules.Require("identity id in the field to", body.To),
            ImageIds =
            [
                .. (body.ImageIds ?? throw new InvalidRequestException("The field imageIds is missing."))
                    .Select(id => IdRules.Require("image id", id)),
            ],
        });
    }

    private static string OperationIdOf(string? given) =>
        given is null ? Guid.NewGuid().ToString("N") : IdRules.Require("operation id", given);

    private static async Task<IResult> TransferAsync(
        string gallery, string identity, IGrainFactory grains, TransferRequest request)
    {
        IIdentityGrain grain = await grains.IdentityGrainAsync(gallery, identity);
        OperationReceipt receipt = await grain.TransferAsync(request);
        return TypedResults.Ok(new OperationResponse
        {
            OperationId = receipt.OperationId,
            ImagesMoved = receipt.ImagesMoved,
            Source = Respond(receipt.Source),
            Target = Respond(receipt.Target),
        });
    }

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
