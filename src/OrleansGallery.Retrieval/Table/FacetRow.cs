namespace OrleansGallery.Retrieval;

/// <summary>An identity without the images of one of its facets.</summary>
/// <param name="Facet">The facet left out; empty: the images without one.</param>
/// <param name="Count">The images that are left.</param>
/// <param name="Centroid">Their centroid as a unit vector; null where none is left, or they cancel out.</param>
public sealed record FacetRow(string Facet, long Count, float[]? Centroid);
