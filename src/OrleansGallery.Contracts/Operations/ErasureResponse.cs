namespace OrleansGallery.Contracts;

/// <summary>What an erasure took away, and what proves it. When it is answered, nothing of it is left in the store.
/// </summary>
public sealed record ErasureResponse
{
    /// <summary>The operation's id.</summary>
    public required string OperationId { get; init; }

    /// <summary>The image; null: the identity with all that it had.</summary>
    public string? ImageId { get; init; }

    /// <summary>How many images it took.</summary>
    public required long ImagesErased { get; init; }

    /// <summary>SHA-256 over the SHA-256s of their contents (files, or vectors as little-endian float32), sorted: who
    /// has the files can say whether they were these.</summary>
    public required string ContentsHash { get; init; }

    /// <summary>The identity before and after.</summary>
    public required OperationSideResponse Identity { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ErasedAt { get; init; }

    /// <summary>Until when the gallery refuses these contents (<see cref="ErrorCodes.Erased"/>); null: it does
    /// not.</summary>
    public DateTimeOffset? RefusedUntil { get; init; }
}
