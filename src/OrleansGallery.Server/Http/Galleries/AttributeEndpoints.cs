using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Identities' attributes: changed, or set as a whole.</summary>
internal static class AttributeEndpoints
{
    public static void Map(IEndpointRouteBuilder identity)
    {
        Describe(identity.MapPatch("", PatchAsync))
            .WithName("patchIdentity")
            .WithSummary("Changes attributes of an identity: texts set keys, null takes them away, others stay.")
            .Takes(ImageExamples.PatchedAttributes, RequestBodyDescription.Json, RequestBodyDescription.MergePatch);
        Describe(identity.MapPut("/attributes", PutAsync))
            .WithName("setAttributes").WithSummary("Sets all attributes of an identity.")
            .Takes(ImageExamples.SetAttributes, RequestBodyDescription.Json);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .TakesIfMatch()
        .Repeats("It changes nothing: what is set stays as it is.")
        .Gives(ImageExamples.Attributes)
        .Fails(
            ErrorCodes.GalleryNotFound, ErrorCodes.IdentityNotFound, ErrorCodes.InvalidId, ErrorCodes.StorageFull);

    private static Task<IResult> PatchAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, CancellationToken aborted) =>
        SetAsync(gallery, identity, replacesAll: false, request, grains, aborted);

    private static Task<IResult> PutAsync(
        string gallery, string identity, HttpRequest request, IGrainFactory grains, CancellationToken aborted) =>
        SetAsync(gallery, identity, replacesAll: true, request, grains, aborted);

    private static async Task<IResult> SetAsync(string gallery, string identity, bool replacesAll, HttpRequest request,
        IGrainFactory grains, CancellationToken aborted)
    {
        IdentityAttributesRequest body = await JsonBody.ReadAsync<IdentityAttributesRequest>(request);
        Dictionary<string, string?> changes = ChangesOf(body, replacesAll);
        (Gallery found, IIdentityGrain grain) =
            await IdentityEndpoints.FindAsync(grains, gallery, identity, aborted);
        AttributesRequest change = new()
        {
            Changes = changes,
            ReplacesAll = replacesAll,
            ExpectedVersion = await IdentityTag.RequireAsync(request, found, grain, identity, aborted),
        };
        AttributesReceipt receipt = await grain.SetAttributesAsync(change).WaitAsync(aborted);
        string etag = IdentityTag.Of(found, receipt.Version);
        request.HttpContext.Response.Headers.ETag = etag;
        return TypedResults.Ok(new IdentityAttributesResponse
        {
            Identity = identity, Version = receipt.Version, ETag = etag, Attributes = receipt.Attributes,
        });
    }

    private static Dictionary<string, string?> ChangesOf(IdentityAttributesRequest body, bool replacesAll)
    {
        IReadOnlyDictionary<string, string?> asked = body.Attributes
            ?? throw new InvalidRequestException("The field attributes is missing.");
        AttributeRules.RequireFewChanges(asked.Count);
        Dictionary<string, string?> changes = new(StringComparer.Ordinal);
        foreach ((string key, string? value) in asked)
        {
            AttributeRules.RequireOwnKey(key);
            if (value is null && replacesAll)
            {
                throw new InvalidRequestException(
                    $"The attribute '{key}' is null; leave it out, or take it away with PATCH.");
            }

            changes[key] = value is null ? null : AttributeRules.RequireValue(key, value);
        }

        return changes;
    }
}
