namespace OrleansGallery.Storage;

/// <summary>One image's row.</summary>
public sealed record StoredImage
{
    /// <summary>The image's id, unique within its identity.</summary>
    public required string ImageId { get; init; }

    /// <summary>The facet; empty: none.</summary>
    public required string Facet { get; init; }

    /// <summary>SHA-256 of its content; 32 bytes.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>When it was taken.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Little-endian float32 components; null where a read left them out.</summary>
    public byte[]? Embedding { get; init; }

    /// <summary>Whether a picture of it is kept, as a read found it; ignored by writes.</summary>
    public bool HasPicture { get; init; }

    /// <summary>What a write is to keep of it; null: nothing. Reads leave it out, but an audit: there it is null where
    /// the picture is missing.</summary>
    public StoredPicture? Picture { get; init; }
}
