using System.Collections.Frozen;

namespace OrleansGallery.Abstractions;

/// <summary>One identity as it is now.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentitySnapshot")]
public sealed record IdentitySnapshot
{
    /// <summary>The partition's sequence at which the identity last changed.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    [Id(1)]
    public required long Count { get; init; }

    /// <summary>Images per facet.</summary>
    [Id(2)]
    public required IReadOnlyDictionary<string, long> Facets { get; init; }

    /// <summary>The unit-norm centroid; null where the sum is zero.</summary>
    [Id(3)]
    public VectorBytes? Centroid { get; init; }

    /// <summary>Lower-case hex of the identity hash.</summary>
    [Id(4)]
    public required string Hash { get; init; }

    /// <summary>
    /// Mean of 1 - cosine(embedding, centroid) over at most 1,000 images; null where there is no centroid.
    /// </summary>
    [Id(5)]
    public double? Dispersion { get; init; }

    /// <summary>Its attributes; the hash does not cover them.</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Length of the mean of its embeddings as they were summed.</summary>
    [Id(7)]
    public double MeanLength { get; init; }

    /// <summary>Mean of the unit vectors of the images that <see cref="Dispersion"/> is of; null where that is.
    /// </summary>
    [Id(8)]
    public VectorBytes? MeanImage { get; init; }
}
