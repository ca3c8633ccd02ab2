namespace OrleansGallery.Storage;

/// <summary>The exact sum of one facet.</summary>
/// <param name="Facet">The facet; empty: none.</param>
/// <param name="Count">Its images; 0 in a write: the facet is gone.</param>
/// <param name="Sum">Little-endian int64 per dimension, value x 2^30.</param>
public sealed record StoredFacet(string Facet, long Count, byte[] Sum);
