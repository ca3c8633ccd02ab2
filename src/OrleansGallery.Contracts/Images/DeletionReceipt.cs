namespace OrleansGallery.Contracts;

/// <summary>What a deletion removed, and the hashes that prove it.</summary>
public sealed record DeletionReceipt
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>How many images were removed.</summary>
    public required long ImagesRemoved { get; init; }

    /// <summary>The identity hash before the removal.</summary>
    public required string IdentityHash { get; init; }

    /// <summary>The identity's partition before and after.</summary>
    public required PartitionReceipt Partition { get; init; }
}
