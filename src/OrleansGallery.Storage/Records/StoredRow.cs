using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>What searches need of an identity; kept beside its sums, so that loading a partition reads 4 bytes a
/// component, and the sums of those identities only that have several facets.</summary>
/// <param name="IdentityId">The identity's id.</param>
/// <param name="Version">The partition's sequence at which it last changed.</param>
/// <param name="Count">Its images.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Centroid">The unit-norm centroid, little-endian float32 components; null: it has no direction.</param>
public sealed record StoredRow(string IdentityId, long Version, long Count, Hash256 Hash, byte[]? Centroid)
{
    /// <summary>Its facets, in any order; the sum of an only one is left out (no bytes), as nobody searches without it.
    /// Read with the rows of a partition, and empty elsewhere.</summary>
    public IReadOnlyList<StoredFacet> Facets { get; init; } = [];

    /// <summary>The partition's sequence at which it got its first image, after the last time that it had
    /// none.</summary>
    public long Born { get; init; }

    /// <summary>Its attributes.</summary>
    public AttributeSet Attributes { get; init; } = AttributeSet.Empty;
}
