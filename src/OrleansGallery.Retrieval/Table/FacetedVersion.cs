namespace OrleansGallery.Retrieval;

/// <summary>What all tables of a partition show at one sequence number. Never changes.</summary>
/// <param name="Whole">The identities as they are.</param>
/// <param name="Without">Per facet the identities without it; null: there are too many facets.</param>
internal sealed record FacetedVersion(TableVersion Whole, IReadOnlyDictionary<string, TableVersion>? Without);
