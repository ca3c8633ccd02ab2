using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Keys of the wire to keys of the store and back.</summary>
public static class KeyRecords
{
    /// <summary>Why no key can be added.</summary>
    public static string TooMany { get; } =
        $"There are {IStoredKeys.MaxKeys} keys, as many as there may be; revoke those that nobody uses.";

    /// <summary>As the store has it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The record.</returns>
    public static StoredKey ToStored(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new StoredKey
        {
            Id = key.Id,
            Name = key.Name,
            SecretHash = key.SecretHash,
            Role = key.Role,
            Galleries = key.Galleries,
            RequestsPerSecond = key.RequestsPerSecond,
            MaxConcurrent = key.MaxConcurrent,
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
        };
    }

    /// <summary>As it crosses between processes.</summary>
    /// <param name="key">The record.</param>
    /// <returns>The key.</returns>
    public static ApiKey ToKey(StoredKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new ApiKey
        {
            Id = key.Id,
            Name = key.Name,
            SecretHash = key.SecretHash,
            Role = key.Role,
            Galleries = key.Galleries,
            RequestsPerSecond = key.RequestsPerSecond,
            MaxConcurrent = key.MaxConcurrent,
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
        };
    }
}
