using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>Keys in words.</summary>
internal static class KeyWords
{
    public static string Of(KeyRole role) => role.ToString().ToLowerInvariant();

    /// <summary>What has become of a key.</summary>
    public static string StateOf(KeyResponse key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "active";
}
