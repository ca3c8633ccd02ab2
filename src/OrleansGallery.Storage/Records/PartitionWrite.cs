namespace OrleansGallery.Storage;

/// <summary>One partition's share of a commit.</summary>
public sealed record PartitionWrite
{
    /// <summary>The partition, and as whose and at which epoch the writer believes it owns it.</summary>
    public required PartitionOwner Held { get; init; }

    /// <summary>The sequence that the writer believes is the last; the commit makes the next.</summary>
    public required long Sequence { get; init; }

    /// <summary>The commit's token, by which its outcome can be found out later.</summary>
    public required Guid Token { get; init; }

    /// <summary>What the partition holds after the commit.</summary>
    public required StoredTotals Totals { get; init; }

    /// <summary>The changes, each identity once.</summary>
    public required IReadOnlyList<IdentityWrite> Identities { get; init; }
}
