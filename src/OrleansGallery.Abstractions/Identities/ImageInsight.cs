namespace OrleansGallery.Abstractions;

/// <summary>What one image is to its identity.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ImageInsight")]
public sealed record ImageInsight
{
    /// <summary>The image's id.</summary>
    [Id(0)]
    public required string ImageId { get; init; }

    /// <summary>Its facet; empty: none.</summary>
    [Id(1)]
    public required string Facet { get; init; }

    /// <summary>The image against the centroid; null: there is none.</summary>
    [Id(2)]
    public double? Score { get; init; }

    /// <summary>The image against the centroid of the others; null: there is none.</summary>
    [Id(3)]
    public double? ScoreWithout { get; init; }

    /// <summary>Its part of the score; null: there is no centroid.</summary>
    [Id(4)]
    public double? Contribution { get; init; }

    /// <summary>The image against the vector whose score is explained; null: the identity has no centroid.</summary>
    [Id(5)]
    public double? ScoreCompared { get; init; }
}
