namespace OrleansGallery.Retrieval;

/// <summary>A facet of an identity with its number of images.</summary>
/// <param name="Facet">The facet; empty for images without one.</param>
/// <param name="Count">The number of images, at least one.</param>
public readonly record struct FacetCount(string Facet, long Count);
