namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST /v1/keys</c>.</summary>
public sealed record CreateKeyRequest
{
    /// <summary>What people call it: 1 to 256 bytes of UTF-8, as an id.</summary>
    public string? Name { get; init; }

    /// <summary>What it is good for.</summary>
    public KeyRole? Role { get; init; }

    /// <summary>The names of the galleries that it is good for, whether or not there are such; null: all.</summary>
    public IReadOnlyList<string>? Galleries { get; init; }

    /// <summary>From when on it is of no use; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many requests per second it is good for, 1 to 1,000,000; null: as many as the service says.
    /// </summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many requests at once it is good for, 1 to 1,000,000; null: as many as the service says.</summary>
    public int? MaxConcurrent { get; init; }
}
