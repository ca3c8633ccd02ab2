using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Keys: made, listed, revoked, by whoever may do everything.</summary>
internal static class KeyEndpoints
{
    private const string WithRevoked = "revoked";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("", CreateAsync).WithName("createKey")
            .WithSummary("Makes a key, which this answer alone shows.")
            .Takes(KeyExamples.Create, RequestBodyDescription.Json).Gives(KeyExamples.Created, 201)
            .Fails(ErrorCodes.StorageFull).NeedsKey(KeyRole.Admin, allGalleries: true);
        routes.MapGet("", ListAsync).WithName("listKeys").WithSummary("The keys, as they were made, without secrets.")
            .WithMetadata(OperationParameter.Query(
                WithRevoked, JsonSchemaType.Boolean, false, "Whether revoked ones are wanted. Default: false."))
            .Gives(KeyExamples.List).NeedsKey(KeyRole.Admin, allGalleries: true);
        routes.MapDelete("/{key}", RevokeAsync).WithName("revokeKey")
            .WithSummary(
                "Revokes a key for good; a few seconds later it is of no use anywhere. A process that cannot hear of "
                + "it lets it write for 30 seconds at most, and read for 5 minutes.")
            .Repeats("It changes nothing: a key that is revoked stays as it is.")
            .Gives(KeyExamples.Revoked).Fails(ErrorCodes.KeyNotFound, ErrorCodes.StorageFull)
            .NeedsKey(KeyRole.Admin, allGalleries: true);
    }

    private static async Task<IResult> CreateAsync(
        HttpRequest request, IGrainFactory grains, TimeProvider time, CancellationToken aborted)
    {
        NewKey key = NewKey.Of(await JsonBody.ReadAsync<CreateKeyRequest>(request), time.GetUtcNow());
        ApiKey stored = await KeyMaking.AddAsync(Keys(grains), key.Stored, aborted);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.Created(
            $"{GalleryRoutes.KeysPrefix}/{Uri.EscapeDataString(stored.Id)}",
            KeyAnswers.Of(stored) with { Key = key.Text });
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IGrainFactory grains, CancellationToken aborted)
    {
        IReadOnlyList<ApiKey> keys = await Keys(grains).ListAsync(QueryFlag.Of(request, WithRevoked))
            .WaitAsync(aborted);
        return TypedResults.Ok(new KeyListResponse { Keys = [.. keys.Select(KeyAnswers.Of)] });
    }

    private static async Task<IResult> RevokeAsync(
        string key, IGrainFactory grains, KnownKeys known, CancellationToken aborted)
    {
        ApiKey revoked = await Keys(grains).RevokeAsync(IdRules.Require("key id", key)).WaitAsync(aborted);
        known.Forget();
        return TypedResults.Ok(KeyAnswers.Of(revoked));
    }

    private static IKeysGrain Keys(IGrainFactory grains) => grains.GetGrain<IKeysGrain>(0);
}
