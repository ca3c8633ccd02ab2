namespace OrleansGallery.Abstractions;

/// <summary>What an identity's owner knows after loading it.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityRecord")]
public sealed record IdentityRecord
{
    /// <summary>Components of an embedding in this gallery.</summary>
    [Id(0)]
    public required int Dimension { get; init; }

    /// <summary>Whether each embedding is L2-normalised before it is stored and summed.</summary>
    [Id(1)]
    public required bool NormalizeFirst { get; init; }

    /// <summary>The identity's version; 0: it has no image.</summary>
    [Id(2)]
    public required long Version { get; init; }

    /// <summary>Its sums.</summary>
    [Id(3)]
    public required IReadOnlyList<FacetSum> Facets { get; init; }

    /// <summary>Its images, without embeddings.</summary>
    [Id(4)]
    public required IReadOnlyList<EnrolledImage> Images { get; init; }
}
