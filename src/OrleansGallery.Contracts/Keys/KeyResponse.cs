namespace OrleansGallery.Contracts;

/// <summary>A key of the HTTP API.</summary>
public sealed record KeyResponse
{
    /// <summary>Its id, which the audit trail names.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is good for.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>The names of the galleries that it is good for; null: all.</summary>
    public IReadOnlyList<string>? Galleries { get; init; }

    /// <summary>How many requests per second it is good for; null: as many as the service says.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many requests at once it is good for; null: as many as the service says.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is of no use; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The key itself, <c>gk_…</c>, in the answer to its creation alone: nobody can show it again.</summary>
    public string? Key { get; init; }

    /// <summary>Without the key itself, so that whoever writes this into a log writes no secret.</summary>
    /// <returns>Its id and its name.</returns>
    public override string ToString() => $"{nameof(KeyResponse)} {Id} '{Name}'";
}
