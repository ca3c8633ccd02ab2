namespace OrleansGallery.Abstractions;

/// <summary>Images that an identity is to give to another one of its gallery.</summary>
[GenerateSerializer, Immutable, Alias("gallery.TransferRequest")]
public sealed record TransferRequest
{
    /// <summary>The most images that one request may name.</summary>
    public const int MaxImages = 10_000;

    /// <summary>The operation's id, by the rules of <see cref="IdRules"/>: the caller's own, so that he may ask
    /// again.</summary>
    [Id(0)]
    public required string OperationId { get; init; }

    /// <summary>The identity that gets them.</summary>
    [Id(1)]
    public required string TargetId { get; init; }

    /// <summary>Which, each once; null: all, so that the identity is gone afterwards.</summary>
    [Id(2)]
    public IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>What the identity that gets them must be.</summary>
    [Id(3)]
    public TransferTarget Target { get; init; }

    /// <summary>Whether the identity must keep some of its images.</summary>
    [Id(4)]
    public bool IsSplit { get; init; }
}
