namespace OrleansGallery.Abstractions;

/// <summary>One enrolled image as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("gallery.EnrolledImage")]
public sealed record EnrolledImage
{
    /// <summary>The image's id.</summary>
    [Id(0)]
    public required string ImageId { get; init; }

    /// <summary>The facet; empty: none.</summary>
    [Id(1)]
    public required string Facet { get; init; }

    /// <summary>SHA-256 of its content; 32 bytes.</summary>
    [Id(2)]
    public required byte[] ContentHash { get; init; }

    /// <summary>When it was taken.</summary>
    [Id(3)]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>The stored embedding; null in lists.</summary>
    [Id(4)]
    public VectorBytes? Embedding { get; init; }

    /// <summary>Whether something of it is kept to be looked at.</summary>
    [Id(5)]
    public bool HasPicture { get; init; }
}
