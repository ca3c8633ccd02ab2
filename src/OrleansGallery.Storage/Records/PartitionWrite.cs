namespace OrleansGallery.Storage;

/// <summary>One partition's share of a commit.</summary>
public sealed record PartitionWrite
{
    /// <summary>The partition.</summary>
    public required PartitionKey Key { get; init; }

    /// <summary>The epoch that the writer believes it owns.</summary>
    public required long Epoch { get; init; }

    /// <summary>The sequence that the writer believes is the last; the commit makes the next.</summary>
    public required long Sequence { get; init; }

    /// <summary>The commit's token, by which its outcome can be found out later.</summary>
    public required Guid Token { get; init; }

    /// <summary>The changes, each identity once.</summary>
    public required IReadOnlyList<IdentityWrite> Identities { get; init; }
}
