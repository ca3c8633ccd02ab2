using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What became of an observation, and where its images are now.</summary>
public sealed record ObservationOutcome
{
    /// <summary>What was decided.</summary>
    public required ObservationRecord Record { get; init; }

    /// <summary>Whether it was decided before, so that nothing changed.</summary>
    public required bool IsDuplicate { get; init; }

    /// <summary>The identity that has its images now; another than the record's where both were merged.</summary>
    public required string IdentityId { get; init; }

    /// <summary>That identity; null: there is none any more.</summary>
    public IdentitySnapshot? Identity { get; init; }
}
