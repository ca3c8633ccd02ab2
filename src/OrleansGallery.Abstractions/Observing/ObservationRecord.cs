namespace OrleansGallery.Abstractions;

/// <summary>What was decided of an observation and by what: written in the commit that carried it out, once per
/// observation id.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ObservationRecord")]
public sealed record ObservationRecord
{
    /// <summary>The observation's id, by the rules of <see cref="IdRules"/>.</summary>
    [Id(0)]
    public required string ObservationId { get; init; }

    /// <summary>What it became.</summary>
    [Id(1)]
    public required ObservationDecision Decision { get; init; }

    /// <summary>The identity that got its images.</summary>
    [Id(2)]
    public required string IdentityId { get; init; }

    /// <summary>The images that came with it; those that the identity had already are not among them.</summary>
    [Id(3)]
    public required IReadOnlyList<ObservedImage> Images { get; init; }

    /// <summary>The best identities at the time, best first.</summary>
    [Id(4)]
    public required IReadOnlyList<ObservationCandidate> Candidates { get; init; }

    /// <summary>The score from which on it joins.</summary>
    [Id(5)]
    public required double JoinThreshold { get; init; }

    /// <summary>The score below which it founds.</summary>
    [Id(6)]
    public required double FoundThreshold { get; init; }

    /// <summary>The lead over the second that joining takes.</summary>
    [Id(7)]
    public required double Margin { get; init; }

    /// <summary>When it was decided.</summary>
    [Id(8)]
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>When it was undone; null: it holds. Kept apart from the rest.</summary>
    [Id(9)]
    public DateTimeOffset? UndoneAt { get; init; }
}
