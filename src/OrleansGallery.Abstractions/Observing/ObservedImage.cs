namespace OrleansGallery.Abstractions;

/// <summary>An image that an observation brought.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ObservedImage")]
public sealed record ObservedImage
{
    /// <summary>Its id.</summary>
    [Id(0)]
    public required string ImageId { get; init; }

    /// <summary>SHA-256 of its content, lower-case hex.</summary>
    [Id(1)]
    public required string ContentHash { get; init; }
}
