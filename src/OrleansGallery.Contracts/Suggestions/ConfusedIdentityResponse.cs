namespace OrleansGallery.Contracts;

/// <summary>One of two identities that are compared.</summary>
public sealed record ConfusedIdentityResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>The version that the figures are of.</summary>
    public required long Version { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>As of the identity itself.</summary>
    public double? Dispersion { get; init; }

    /// <summary>Its images that could be compared: against the centroid of its others, and that of the other
    /// identity.</summary>
    public required long Compared { get; init; }

    /// <summary>Those of them that are nearer to the other identity's centroid than to that of the others of their
    /// own.</summary>
    public required long NearerToOther { get; init; }

    /// <summary>The share of these, 0 to 1; null: none could be compared, as with a single image.</summary>
    public double? Share { get; init; }
}
