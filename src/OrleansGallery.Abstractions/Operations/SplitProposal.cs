namespace OrleansGallery.Abstractions;

/// <summary>How an identity's images could be parted into two identities. Nothing is written.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SplitProposal")]
public sealed record SplitProposal
{
    /// <summary>The most images that an identity may have, as many as one request may name.</summary>
    public const int MaxImages = TransferRequest.MaxImages;

    /// <summary>The identity's version.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The larger group.</summary>
    [Id(1)]
    public required SplitGroup Larger { get; init; }

    /// <summary>The smaller one.</summary>
    [Id(2)]
    public required SplitGroup Smaller { get; init; }

    /// <summary>One minus the score of the groups' centroids, 0 to 2; null: one of them has no direction.</summary>
    [Id(3)]
    public double? Separation { get; init; }
}
