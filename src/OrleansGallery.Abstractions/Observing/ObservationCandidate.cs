namespace OrleansGallery.Abstractions;

/// <summary>An identity that an observation was compared with.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ObservationCandidate")]
public sealed record ObservationCandidate
{
    /// <summary>The identity.</summary>
    [Id(0)]
    public required string IdentityId { get; init; }

    /// <summary>Its score, -1 to 1.</summary>
    [Id(1)]
    public required double Score { get; init; }
}
