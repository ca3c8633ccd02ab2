namespace OrleansGallery.Abstractions;

/// <summary>Two identities that may be one.</summary>
[GenerateSerializer, Immutable, Alias("gallery.MergeSuggestion")]
public sealed record MergeSuggestion
{
    /// <summary>The one.</summary>
    [Id(0)]
    public required SuggestedIdentity One { get; init; }

    /// <summary>The other.</summary>
    [Id(1)]
    public required SuggestedIdentity Other { get; init; }

    /// <summary>The score of their centroids now, -1 to 1; null: one has no direction any more.</summary>
    [Id(2)]
    public double? Score { get; init; }

    /// <summary>Whether each was the other's nearest, of the pairs that are not put aside.</summary>
    [Id(3)]
    public bool IsMutual { get; init; }

    /// <summary>The dispersion of their images around the centroid that they would have as one.</summary>
    [Id(4)]
    public double? MergedDispersion { get; init; }

    /// <summary>The facets that both have, ordinal.</summary>
    [Id(5)]
    public required IReadOnlyList<string> SharedFacets { get; init; }

    /// <summary>Whether one of them changed since the last search: the list is ranked by the score of then.</summary>
    [Id(6)]
    public bool IsChanged { get; init; }
}
