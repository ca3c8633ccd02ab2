namespace OrleansGallery.Contracts;

/// <summary>Two identities that may be one, with what helps to decide.</summary>
public sealed record SuggestionResponse
{
    /// <summary>The one.</summary>
    public required SuggestedIdentityResponse One { get; init; }

    /// <summary>The other.</summary>
    public required SuggestedIdentityResponse Other { get; init; }

    /// <summary>The score of their centroids now, -1 to 1; null: one has no direction any more.</summary>
    public double? Score { get; init; }

    /// <summary>Whether each was the other's nearest when they were searched for, of the pairs that are not put
    /// aside.</summary>
    public required bool Mutual { get; init; }

    /// <summary>The dispersion that the images of both would have around one centroid of all. Near the two own ones:
    /// they lie as if they were one.</summary>
    public double? MergedDispersion { get; init; }

    /// <summary>The facets that both have images of, ordinal.</summary>
    public required IReadOnlyList<string> SharedFacets { get; init; }

    /// <summary>Whether one changed since the search, so that its rank is of another score.</summary>
    public required bool Changed { get; init; }
}
