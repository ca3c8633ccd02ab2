namespace OrleansGallery.Storage;

/// <summary>An operation over two identities: all of it is written, or nothing.</summary>
public sealed record JointWrite
{
    /// <summary>The shares of the identities' partitions, which are one or two of one gallery. Images that move are in
    /// none of their lists; counts, hashes, centroids and sums are those after the move.</summary>
    public required IReadOnlyList<PartitionWrite> Shares { get; init; }

    /// <summary>The images that move.</summary>
    public required ImageTransfer Transfer { get; init; }

    /// <summary>What is remembered of the operation.</summary>
    public required StoredOperation Operation { get; init; }
}
