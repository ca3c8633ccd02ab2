namespace OrleansGallery.Contracts;

/// <summary>An identity that an observation was compared with.</summary>
public sealed record ObservationMatch
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>Its score, -1 to 1.</summary>
    public required double Score { get; init; }
}
