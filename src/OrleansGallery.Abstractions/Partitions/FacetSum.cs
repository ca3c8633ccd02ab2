namespace OrleansGallery.Abstractions;

/// <summary>The new exact sum of one facet of an identity.</summary>
[GenerateSerializer, Immutable, Alias("gallery.FacetSum")]
public sealed record FacetSum
{
    /// <summary>The facet; empty: none.</summary>
    [Id(0)]
    public required string Facet { get; init; }

    /// <summary>Its images; 0: the facet is gone.</summary>
    [Id(1)]
    public required long Count { get; init; }

    /// <summary>Little-endian int64 per dimension, value x 2^30; not to be changed.</summary>
    [Id(2)]
    public required byte[] Sum { get; init; }
}
