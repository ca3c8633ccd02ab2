namespace OrleansGallery.Abstractions;

/// <summary>Reads and writes the store's keys of the HTTP API, which only gallery silos reach. Stateless; key:
/// 0.</summary>
[Alias("gallery.IKeysGrain")]
public interface IKeysGrain : IGrainWithIntegerKey
{
    /// <summary>Stores a key. May be repeated.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The key as it is stored.</returns>
    /// <exception cref="InvalidRequestException">There are as many as there may be.</exception>
    [Alias("Add")]
    Task<ApiKey> AddAsync(ApiKey key);

    /// <summary>Revokes a key for good. May be repeated.</summary>
    /// <param name="id">The key's id.</param>
    /// <returns>The key as it is now.</returns>
    /// <exception cref="ApiKeyNotFoundException">There is none.</exception>
    [Alias("Revoke")]
    Task<ApiKey> RevokeAsync(string id);

    /// <summary>The keys, in the order in which they were made.</summary>
    /// <param name="withRevoked">Whether revoked ones are wanted.</param>
    /// <returns>The keys.</returns>
    [Alias("List"), ResponseTimeout("00:00:05")]
    Task<IReadOnlyList<ApiKey>> ListAsync(bool withRevoked);
}
