namespace OrleansGallery.Retrieval;

/// <summary>A row as a snapshot sees it.</summary>
/// <param name="IdentityId">The identity.</param>
/// <param name="Count">The number of images in its centroid.</param>
/// <param name="Centroid">Its centroid, a unit vector; the table's own memory.</param>
public readonly record struct SnapshotRow(string IdentityId, long Count, ReadOnlyMemory<float> Centroid);
