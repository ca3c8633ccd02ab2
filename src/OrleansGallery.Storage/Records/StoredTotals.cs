using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>What a partition holds, kept with every commit.</summary>
/// <param name="Identities">Identities that have at least one image.</param>
/// <param name="Images">Their images.</param>
/// <param name="Rows">Identities with a centroid, which searches compare.</param>
/// <param name="Hash">The sum of the identities' hashes.</param>
public readonly record struct StoredTotals(long Identities, long Images, long Rows, Hash256 Hash);
