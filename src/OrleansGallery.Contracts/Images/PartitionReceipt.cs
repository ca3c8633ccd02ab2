namespace OrleansGallery.Contracts;

/// <summary>One partition before and after a commit.</summary>
public sealed record PartitionReceipt
{
    /// <summary>The partition's number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Which activation made the commit.</summary>
    public required long Epoch { get; init; }

    /// <summary>The commit's number.</summary>
    public required long Sequence { get; init; }

    /// <summary>The partition's hash before the commit.</summary>
    public required string HashBefore { get; init; }

    /// <summary>The partition's hash after the commit.</summary>
    public required string HashAfter { get; init; }
}
