namespace OrleansGallery.Abstractions;

/// <summary>An erasure, as its identity's partition commits it.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ErasureChange")]
public sealed record ErasureChange
{
    /// <summary>The token of the commit.</summary>
    [Id(0)]
    public required Guid Token { get; init; }

    /// <summary>What becomes of the identity.</summary>
    [Id(1)]
    public required IdentityChange Change { get; init; }

    /// <summary>SHA-256 of what was asked for, 32 bytes.</summary>
    [Id(2)]
    public required byte[] Digest { get; init; }

    /// <summary>The receipt; its times and the version after it are known when it is committed.</summary>
    [Id(3)]
    public required ErasureReceipt Receipt { get; init; }
}
