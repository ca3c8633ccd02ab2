namespace OrleansGallery.Storage;

/// <summary>
/// The keys of the HTTP API. A revoked one stays, so that its id still says whose it was. Fails as
/// <see cref="IGalleryStore"/> does, and everything may be repeated.
/// </summary>
public interface IStoredKeys
{
    /// <summary>The most keys that are not revoked: every process holds them all.</summary>
    const int MaxKeys = 1_000;

    /// <summary>Stores a key.</summary>
    /// <param name="key">The key, not revoked.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it is there; false: there are <see cref="MaxKeys"/>, or its id is another's.</returns>
    Task<bool> AddAsync(StoredKey key, CancellationToken cancellationToken);

    /// <summary>Revokes a key for good; one that is revoked stays as it is.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The key as it is now; null: there is none.</returns>
    Task<StoredKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The keys, in the order in which they were made.</summary>
    /// <param name="withRevoked">Whether revoked ones are wanted.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The keys.</returns>
    Task<IReadOnlyList<StoredKey>> ListAsync(bool withRevoked, CancellationToken cancellationToken);
}
