namespace OrleansGallery.Contracts;

/// <summary>How an identity's images could be parted into two identities. Nothing is written: to part them, the images
/// of one group are sent to <c>:split</c>.</summary>
public sealed record SplitProposalResponse
{
    /// <summary>The identity.</summary>
    public required string Identity { get; init; }

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>One minus the score of the groups' centroids, 0 to 2: how far they are apart; null: one of them has no
    /// direction.</summary>
    public double? Separation { get; init; }

    /// <summary>The two groups, the larger one first.</summary>
    public required IReadOnlyList<SplitGroupResponse> Groups { get; init; }
}
