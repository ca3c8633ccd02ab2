namespace OrleansGallery.Storage;

/// <summary>A gallery's search basis as the store keeps it. The store knows nothing of what is in it.</summary>
/// <param name="Version">The gallery's count of bases, from 1.</param>
/// <param name="Bytes">The basis.</param>
public sealed record StoredBasis(long Version, byte[] Bytes);
