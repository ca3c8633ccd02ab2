namespace OrleansGallery.Abstractions;

/// <summary>What an erasure took away, and what proves it. Whoever asks again with the same id gets the same one.
/// </summary>
[GenerateSerializer, Immutable, Alias("gallery.ErasureReceipt")]
public sealed record ErasureReceipt
{
    /// <summary>The operation's id.</summary>
    [Id(0)]
    public required string OperationId { get; init; }

    /// <summary>The image; null: the identity with all that it had.</summary>
    [Id(1)]
    public string? ImageId { get; init; }

    /// <summary>How many images it took.</summary>
    [Id(2)]
    public required long ImagesErased { get; init; }

    /// <summary>Lower-case hex of the SHA-256 over the SHA-256s of their contents, in the order of their bytes: who has
    /// the files can say whether they were these.</summary>
    [Id(3)]
    public required string ContentsHash { get; init; }

    /// <summary>The identity.</summary>
    [Id(4)]
    public required OperationSide Identity { get; init; }

    /// <summary>When.</summary>
    [Id(5)]
    public required DateTimeOffset ErasedAt { get; init; }

    /// <summary>Until when the gallery refuses these contents; null: it does not.</summary>
    [Id(6)]
    public DateTimeOffset? RefusedUntil { get; init; }
}
