namespace OrleansGallery.Contracts;

/// <summary>
/// Why an identity scores as it does, as <c>GET .../identities/{id}/insight</c> answers: a page of its images, and the
/// identities that are easily taken for it.
/// </summary>
public sealed record InsightResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>The version that the images' figures are of; pages of another version do not go together.</summary>
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>As of the identity itself; on the first page.</summary>
    public double? Dispersion { get; init; }

    /// <summary>The identity whose centroid is compared; null: this one's own.</summary>
    public string? Against { get; init; }

    /// <summary>The score of that centroid, -1 to 1: the contributions of all images add up to it, but for the rounding
    /// of float32 (about 1e-7). Null: the identity's images cancel to a zero sum.</summary>
    public double? Score { get; init; }

    /// <summary>The page, ordered by image id.</summary>
    public required IReadOnlyList<ImageInsightResponse> Images { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>The other identities nearest to this one's centroid, best first; on the first page.</summary>
    public required IReadOnlyList<SearchMatch> Similar { get; init; }
}
