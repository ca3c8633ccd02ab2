namespace OrleansGallery.Abstractions;

/// <summary>Where an identity stands at one moment.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityMark")]
public sealed record IdentityMark
{
    /// <summary>The partition's sequence at which it changed; 0: it has never had an image since it was deleted last.
    /// </summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    [Id(1)]
    public required long Count { get; init; }

    /// <summary>Lower-case hex of its hash; zeros where it has no image.</summary>
    [Id(2)]
    public required string Hash { get; init; }
}
