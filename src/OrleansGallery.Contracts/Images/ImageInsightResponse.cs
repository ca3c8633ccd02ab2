namespace OrleansGallery.Contracts;

/// <summary>What one image is to its identity.</summary>
public sealed record ImageInsightResponse
{
    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }

    /// <summary>The facet; empty: none.</summary>
    public required string Facet { get; init; }

    /// <summary>The image against the identity's centroid, -1 to 1.</summary>
    public double? Score { get; init; }

    /// <summary>
    /// The image against the centroid of the identity's other images, from exact sums: what it would score if it were
    /// not enrolled. Low: it may be somebody else. Null: there are no others, or they cancel out.
    /// </summary>
    public double? ScoreWithout { get; init; }

    /// <summary>Its part of the response's score.</summary>
    public double? Contribution { get; init; }
}
