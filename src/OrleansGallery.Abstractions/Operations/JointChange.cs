namespace OrleansGallery.Abstractions;

/// <summary>An operation over two identities, as the partition commits it that has one of them, or both.</summary>
[GenerateSerializer, Immutable, Alias("gallery.JointChange")]
public sealed record JointChange
{
    /// <summary>The token of the commit.</summary>
    [Id(0)]
    public required Guid Token { get; init; }

    /// <summary>The changes of the partition's own identities, one or two. Images that move are in none of their
    /// lists.</summary>
    [Id(1)]
    public required IReadOnlyList<IdentityChange> Changes { get; init; }

    /// <summary>The other partition's share; null: both identities are here.</summary>
    [Id(2)]
    public LentShare? Lent { get; init; }

    /// <summary>The change of the other partition's identity.</summary>
    [Id(3)]
    public IdentityChange? LentChange { get; init; }

    /// <summary>Which images move; null: all of the source.</summary>
    [Id(4)]
    public IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>SHA-256 of what was asked for, 32 bytes.</summary>
    [Id(5)]
    public required byte[] Digest { get; init; }

    /// <summary>The receipt; the versions after the operation are known when it is committed.</summary>
    [Id(6)]
    public required OperationReceipt Receipt { get; init; }
}
