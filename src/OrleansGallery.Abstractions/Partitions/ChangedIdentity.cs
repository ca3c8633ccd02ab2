namespace OrleansGallery.Abstractions;

/// <summary>An identity that changed, as it is now.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ChangedIdentity")]
public sealed record ChangedIdentity
{
    /// <summary>Its version: the partition's sequence at which it changed.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>Its id; null: it was removed, and its name with it.</summary>
    [Id(1)]
    public string? IdentityId { get; init; }

    /// <summary>The first 16 bytes of the SHA-256 of its id.</summary>
    [Id(2)]
    public required byte[] Digest { get; init; }

    /// <summary>Its images; 0: it was removed.</summary>
    [Id(3)]
    public long Count { get; init; }

    /// <summary>Whether it got its first image after the sequence that was asked for.</summary>
    [Id(4)]
    public bool IsFounded { get; init; }

    /// <summary>Its score against the query; null: there is none.</summary>
    [Id(5)]
    public double? Score { get; init; }
}
