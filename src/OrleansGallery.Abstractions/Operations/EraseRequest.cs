namespace OrleansGallery.Abstractions;

/// <summary>What of an identity is to be gone for good.</summary>
[GenerateSerializer, Immutable, Alias("gallery.EraseRequest")]
public sealed record EraseRequest
{
    /// <summary>The operation's id, by the rules of <see cref="IdRules"/>: the caller's own, so that he may ask
    /// again.</summary>
    [Id(0)]
    public required string OperationId { get; init; }

    /// <summary>The image; null: the identity with all that it has.</summary>
    [Id(1)]
    public string? ImageId { get; init; }
}
