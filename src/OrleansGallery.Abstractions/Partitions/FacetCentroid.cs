namespace OrleansGallery.Abstractions;

/// <summary>An identity without the images of one of its facets.</summary>
[GenerateSerializer, Immutable, Alias("gallery.FacetCentroid")]
public sealed record FacetCentroid
{
    /// <summary>The facet left out; empty: the images without one.</summary>
    [Id(0)]
    public required string Facet { get; init; }

    /// <summary>The images that are left.</summary>
    [Id(1)]
    public required long Count { get; init; }

    /// <summary>Their unit-norm centroid; null: none is left, or they cancel out.</summary>
    [Id(2)]
    public VectorBytes? Centroid { get; init; }
}
