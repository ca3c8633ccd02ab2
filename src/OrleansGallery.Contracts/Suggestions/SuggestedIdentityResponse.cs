namespace OrleansGallery.Contracts;

/// <summary>One side of a pair, as it is now.</summary>
public sealed record SuggestedIdentityResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>Its images; 0: it is gone, which only a pair that was put aside is shown with.</summary>
    public required long Count { get; init; }

    /// <summary>As of the identity itself.</summary>
    public double? Dispersion { get; init; }
}
