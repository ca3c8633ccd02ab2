using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What a partition remembers of an identity.</summary>
/// <param name="Version">The sequence at which it last changed.</param>
/// <param name="Count">Its images.</param>
/// <param name="HasRow">Whether it has a centroid, and so a row.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Born">The sequence at which it got its first image, after the last time that it had none.</param>
internal readonly record struct LocalIdentity(long Version, long Count, bool HasRow, Hash256 Hash, long Born);
