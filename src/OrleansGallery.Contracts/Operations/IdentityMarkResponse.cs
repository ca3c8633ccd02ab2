namespace OrleansGallery.Contracts;

/// <summary>Where an identity stands at one moment.</summary>
public sealed record IdentityMarkResponse
{
    /// <summary>The partition's sequence at which it changed.</summary>
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>Its hash; zeros where it has no image.</summary>
    public required string Hash { get; init; }
}
