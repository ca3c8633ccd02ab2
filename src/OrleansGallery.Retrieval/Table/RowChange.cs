namespace OrleansGallery.Retrieval;

/// <summary>What becomes of one identity's row.</summary>
/// <param name="IdentityId">The identity.</param>
/// <param name="Count">The number of images in its centroid.</param>
/// <param name="Centroid">Its centroid as a unit vector (copied); null where the identity is removed or not
/// searchable, which takes its row out.</param>
public readonly record struct RowChange(string IdentityId, long Count, float[]? Centroid);
