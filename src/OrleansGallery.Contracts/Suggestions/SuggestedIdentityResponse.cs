namespace OrleansGallery.Contracts;

/// <summary>One side of a pair, as it is now.</summary>
public sealed record SuggestedIdentityResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>As of the identity itself.</summary>
    public double? Dispersion { get; init; }
}
