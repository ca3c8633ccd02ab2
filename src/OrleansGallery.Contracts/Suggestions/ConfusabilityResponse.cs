namespace OrleansGallery.Contracts;

/// <summary>How easily two identities are taken for each other, as
/// <c>GET .../identities/{a}/confusability/{b}</c> answers.</summary>
public sealed record ConfusabilityResponse
{
    /// <summary>The one.</summary>
    public required ConfusedIdentityResponse One { get; init; }

    /// <summary>The other.</summary>
    public required ConfusedIdentityResponse Other { get; init; }

    /// <summary>The score of their centroids, -1 to 1; null: one has no direction.</summary>
    public double? Score { get; init; }

    /// <summary>The dispersion that the images of both would have around one centroid of all.</summary>
    public double? MergedDispersion { get; init; }

    /// <summary>The facets that both have images of, ordinal.</summary>
    public required IReadOnlyList<string> SharedFacets { get; init; }
}
