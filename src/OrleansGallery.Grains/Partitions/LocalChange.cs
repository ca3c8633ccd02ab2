namespace OrleansGallery.Grains;

/// <summary>An identity that changed.</summary>
/// <param name="Version">The sequence at which it last did.</param>
/// <param name="IdentityId">Its id; null: it was removed, and its name with it.</param>
/// <param name="Digest">The digest of the id of one that was removed.</param>
/// <param name="Count">Its images.</param>
/// <param name="Born">The sequence at which it got its first image.</param>
internal readonly record struct LocalChange(
    long Version, string? IdentityId, UInt128 Digest, long Count, long Born);
