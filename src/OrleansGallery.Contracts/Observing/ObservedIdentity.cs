namespace OrleansGallery.Contracts;

/// <summary>An identity that comes from an observation and is not confirmed.</summary>
public sealed record ObservedIdentity
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>Provisional or ambiguous.</summary>
    public required IdentityState State { get; init; }

    /// <summary>The observation that it comes from.</summary>
    public string? ObservationId { get; init; }

    /// <summary>When an image of it came last.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The identity that it resembles without having been merged with it; null: none.</summary>
    public string? SimilarTo { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>The partition's sequence at which it last changed.</summary>
    public required long Version { get; init; }

    /// <summary>Of an ambiguous one, the best identities when it was decided, while that is remembered.</summary>
    public IReadOnlyList<ObservationMatch> Candidates { get; init; } = [];
}
