using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>Keys: made, listed, revoked, with a key of the role admin that is good for all galleries; and what a key
/// may do itself.</content>
public sealed partial class GalleryClient
{
    /// <summary>Makes a key.</summary>
    /// <param name="request">What it is to be good for.</param>
    /// <param name="cancellationToken">Ends the wait; a key may be made all the same.</param>
    /// <returns>The key, which nobody can show again: <see cref="KeyResponse.Key"/>.</returns>
    public Task<KeyResponse> CreateKeyAsync(CreateKeyRequest request, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<KeyResponse>(ApiConnection.Path("keys"), request, cancellationToken);

    /// <summary>The keys, in the order in which they were made.</summary>
    /// <param name="withRevoked">Whether revoked ones are wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys, without themselves.</returns>
    public async Task<IReadOnlyList<KeyResponse>> ListKeysAsync(
        bool withRevoked = false, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<KeyListResponse>(
            ApiConnection.Path("keys") + (withRevoked ? "?revoked=true" : string.Empty), cancellationToken)).Keys;

    /// <summary>What the key that this client sends may do.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key, or that none is asked for.</returns>
    public Task<OwnKeyResponse> GetOwnKeyAsync(CancellationToken cancellationToken = default) =>
        _api.GetAsync<OwnKeyResponse>(ApiConnection.Path("keys") + ":own", cancellationToken);

    /// <summary>Revokes a key for good; a few seconds later it is of no use anywhere.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key as it is now.</returns>
    public Task<KeyResponse> RevokeKeyAsync(string id, CancellationToken cancellationToken = default) =>
        _api.SendAsync<KeyResponse>(
            HttpMethod.Delete, ApiConnection.Path("keys", id), content: null, cancellationToken);
}
