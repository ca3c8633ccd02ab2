namespace OrleansGallery.Storage;

/// <summary>An operation that was carried out, remembered for whoever asks for it again. The store knows nothing of
/// what its texts say.</summary>
public sealed record StoredOperation
{
    /// <summary>Its id, unique in its gallery.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of what was asked for; 32 bytes.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>What its caller was told.</summary>
    public required string Receipt { get; init; }

    /// <summary>Until when it is remembered; a purge takes it afterwards.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The images that it moved, in any order: written by the store, which finds them, whatever is said here.
    /// </summary>
    public IReadOnlyList<TransferredImage> Images { get; init; } = [];
}
