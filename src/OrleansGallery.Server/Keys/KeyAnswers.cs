using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Keys as they are shown.</summary>
internal static class KeyAnswers
{
    /// <summary>All of a key but its secret.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The answer.</returns>
    public static KeyResponse Of(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyResponse
        {
            Id = key.Id,
            Name = key.Name,
            Role = KeyRoles.Parse(key.Role) ?? KeyRole.Read,
            Galleries = key.Galleries,
            RequestsPerSecond = key.RequestsPerSecond,
            MaxConcurrent = key.MaxConcurrent,
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
        };
    }
}
