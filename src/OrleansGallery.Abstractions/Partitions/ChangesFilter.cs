namespace OrleansGallery.Abstractions;

/// <summary>Which changes somebody wants to hear of; what is left out does not matter.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ChangesFilter")]
public sealed record ChangesFilter
{
    /// <summary>One identity's.</summary>
    [Id(0)]
    public string? IdentityId { get; init; }

    /// <summary>Those of identities whose ids begin so.</summary>
    [Id(1)]
    public string? Prefix { get; init; }

    /// <summary>Those that founded an identity.</summary>
    [Id(2)]
    public bool FoundedOnly { get; init; }

    /// <summary>Those of identities with such attributes.</summary>
    [Id(3)]
    public IReadOnlyList<AttributeMatch> Attributes { get; init; } = [];

    /// <summary>Those of identities whose centroid scores <see cref="MinScore"/> or more against this unit
    /// vector.</summary>
    [Id(4)]
    public VectorBytes? Query { get; init; }

    /// <summary>The least score, -1 to 1.</summary>
    [Id(5)]
    public double MinScore { get; init; }

    /// <summary>Whether removals are told: of what is gone only the digest of its id is known.</summary>
    public bool TellsRemovals => Prefix is null && !FoundedOnly && Attributes.Count == 0 && Query is null;
}
