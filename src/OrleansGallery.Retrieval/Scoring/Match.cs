namespace OrleansGallery.Retrieval;

/// <summary>An identity with its score in an answer.</summary>
/// <param name="IdentityId">The identity.</param>
/// <param name="Score">Its <see cref="CanonicalScore"/>: cosine similarity, higher is better, -1 to 1.</param>
/// <param name="Count">The number of images in its centroid.</param>
public readonly record struct Match(string IdentityId, double Score, long Count);
