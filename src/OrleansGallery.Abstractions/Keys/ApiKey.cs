namespace OrleansGallery.Abstractions;

/// <summary>A key of the HTTP API as the store has it: its secret is known to its holder alone.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ApiKey")]
public sealed record ApiKey
{
    /// <summary>The key's id, which its holder sends along.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, 32 bytes.</summary>
    [Id(2)]
    public required byte[] SecretHash { get; init; }

    /// <summary>What it is good for: <c>read</c>, <c>write</c> or <c>admin</c>.</summary>
    [Id(3)]
    public required string Role { get; init; }

    /// <summary>The names of the galleries that it is good for; null: all.</summary>
    [Id(4)]
    public IReadOnlyList<string>? Galleries { get; init; }

    /// <summary>When it was made.</summary>
    [Id(5)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is of no use; null: never.</summary>
    [Id(6)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null: it was not.</summary>
    [Id(7)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>How many requests per second it is good for; null: as many as the service says.</summary>
    [Id(8)]
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many requests at once it is good for; null: as many as the service says.</summary>
    [Id(9)]
    public int? MaxConcurrent { get; init; }
}
