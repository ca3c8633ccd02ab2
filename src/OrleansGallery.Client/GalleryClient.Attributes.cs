using System.Net.Http.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>Identities' attributes.</content>
public sealed partial class GalleryClient
{
    /// <summary>Changes attributes of an identity; those that are not named stay as they are.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="changes">Keys with their new texts; null takes a key away.</param>
    /// <param name="etag">Its <see cref="IdentityResponse.ETag"/>, where another state is to be refused as
    /// <see cref="ErrorCodes.PreconditionFailed"/>; null: whatever its state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All its attributes.</returns>
    public Task<IdentityAttributesResponse> ChangeAttributesAsync(
        string gallery, string identity, IReadOnlyDictionary<string, string?> changes, string? etag = null,
        CancellationToken cancellationToken = default) => SendAttributesAsync(
        HttpMethod.Patch, IdentityPath(gallery, identity), changes, etag, cancellationToken);

    /// <summary>Sets all attributes of an identity.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="attributes">Keys with their texts.</param>
    /// <param name="etag">As of <see cref="ChangeAttributesAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All its attributes.</returns>
    public Task<IdentityAttributesResponse> SetAttributesAsync(
        string gallery, string identity, IReadOnlyDictionary<string, string> attributes, string? etag = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return SendAttributesAsync(
            HttpMethod.Put, IdentityPath(gallery, identity) + "/attributes",
            attributes.ToDictionary(pair => pair.Key, string? (pair) => pair.Value), etag, cancellationToken);
    }

    private Task<IdentityAttributesResponse> SendAttributesAsync(
        HttpMethod method, string path, IReadOnlyDictionary<string, string?> attributes, string? etag,
        CancellationToken cancellationToken) => _api.SendAsync<IdentityAttributesResponse>(
        method, path,
        JsonContent.Create(new IdentityAttributesRequest { Attributes = attributes }, options: GalleryJson.Options),
        cancellationToken,
        headers: etag is null ? null : headers => headers.TryAddWithoutValidation("If-Match", etag));
}
