using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>What searches need of an identity; kept beside its sums, so that loading a partition reads 4 bytes a
/// component.</summary>
/// <param name="IdentityId">The identity's id.</param>
/// <param name="Version">The partition's sequence at which it last changed.</param>
/// <param name="Count">Its images.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Centroid">The unit-norm centroid, little-endian float32 components; null: it has no direction.</param>
public sealed record StoredRow(string IdentityId, long Version, long Count, Hash256 Hash, byte[]? Centroid);
