namespace OrleansGallery.Abstractions;

/// <summary>One partition before and after a commit.</summary>
[GenerateSerializer, Immutable, Alias("gallery.CommitReceipt")]
public sealed record CommitReceipt
{
    /// <summary>The partition, from 0.</summary>
    [Id(0)]
    public required int Partition { get; init; }

    /// <summary>Which activation made the commit.</summary>
    [Id(1)]
    public required long Epoch { get; init; }

    /// <summary>The commit's number; the identity's new version.</summary>
    [Id(2)]
    public required long Sequence { get; init; }

    /// <summary>The partition's hash before this change, lower-case hex.</summary>
    [Id(3)]
    public required string HashBefore { get; init; }

    /// <summary>The partition's hash after this change, lower-case hex.</summary>
    [Id(4)]
    public required string HashAfter { get; init; }
}
