namespace OrleansGallery.Abstractions;

/// <summary>One side of a suggestion, as it is now.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SuggestedIdentity")]
public sealed record SuggestedIdentity
{
    /// <summary>The identity's id.</summary>
    [Id(0)]
    public required string IdentityId { get; init; }

    /// <summary>Its images; 0: it is gone.</summary>
    [Id(1)]
    public required long Count { get; init; }

    /// <summary>As of <see cref="IdentitySnapshot.Dispersion"/>.</summary>
    [Id(2)]
    public double? Dispersion { get; init; }
}
