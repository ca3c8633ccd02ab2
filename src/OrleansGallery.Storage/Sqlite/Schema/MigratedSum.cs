namespace OrleansGallery.Storage;

/// <summary>A facet's sum on its way to a newer version of the file.</summary>
/// <param name="Key">The identity's partition.</param>
/// <param name="IdentityId">The identity.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dimension">The gallery's dimension.</param>
/// <param name="Facet">The sum.</param>
internal sealed record MigratedSum(
    PartitionKey Key, string IdentityId, long Version, int Dimension, StoredFacet Facet);
