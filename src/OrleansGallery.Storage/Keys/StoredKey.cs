namespace OrleansGallery.Storage;

/// <summary>A key of the HTTP API as it is stored: its secret is not.</summary>
public sealed record StoredKey
{
    /// <summary>The key's id, which its holder sends along.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, 32 bytes.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>What it is good for; the caller's word.</summary>
    public required string Role { get; init; }

    /// <summary>The names of the galleries that it is good for; null: all.</summary>
    public IReadOnlyList<string>? Galleries { get; init; }

    /// <summary>How many requests per second it is good for; null: as many as the service says.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many requests at once it is good for; null: as many as the service says.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>When it was made, to the millisecond.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is of no use, to the millisecond; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked, to the millisecond; null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
