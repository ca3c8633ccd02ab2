namespace OrleansGallery.Contracts;

/// <summary>What became of an observation.</summary>
public sealed record ObservationResponse
{
    /// <summary>What was decided.</summary>
    public required ObservationStatus Status { get; init; }

    /// <summary>Whether it had been decided before, so that nothing changed.</summary>
    public required bool Duplicate { get; init; }

    /// <summary>The observation's id, given or derived.</summary>
    public required string ObservationId { get; init; }

    /// <summary>The identity that has its images now. It is another than that which was decided where both were
    /// merged.</summary>
    public required string Identity { get; init; }

    /// <summary>What that identity is; null: it is not there any more.</summary>
    public IdentityState? State { get; init; }

    /// <summary>The identity that it resembles without having been merged with it: a suggestion. Null: none.</summary>
    public string? SimilarTo { get; init; }

    /// <summary>The identity's images.</summary>
    public required long Count { get; init; }

    /// <summary>The partition's sequence at which the identity last changed; 0: it is not there.</summary>
    public required long Version { get; init; }

    /// <summary>The images that the observation brought; those that were there already are not among them.</summary>
    public required IReadOnlyList<string> ImageIds { get; init; }

    /// <summary>The best identities when it was decided, best first, at most 5.</summary>
    public required IReadOnlyList<ObservationMatch> Candidates { get; init; }

    /// <summary>The score from which on it would join.</summary>
    public required double JoinThreshold { get; init; }

    /// <summary>The score below which it would found.</summary>
    public required double FoundThreshold { get; init; }

    /// <summary>The lead that joining would take.</summary>
    public required double Margin { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When it was undone; null: it holds.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
}
