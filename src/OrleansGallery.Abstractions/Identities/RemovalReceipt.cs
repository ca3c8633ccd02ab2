namespace OrleansGallery.Abstractions;

/// <summary>What a removal took away, and the hashes that prove it.</summary>
[GenerateSerializer, Immutable, Alias("gallery.RemovalReceipt")]
public sealed record RemovalReceipt
{
    /// <summary>How many images were removed.</summary>
    [Id(0)]
    public required long ImagesRemoved { get; init; }

    /// <summary>The identity hash before the removal, lower-case hex.</summary>
    [Id(1)]
    public required string IdentityHash { get; init; }

    /// <summary>The partition before and after.</summary>
    [Id(2)]
    public required CommitReceipt Commit { get; init; }
}
