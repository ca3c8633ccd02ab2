namespace OrleansGallery.Abstractions;

/// <summary>The cluster at one moment.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ClusterSummary")]
public sealed record ClusterSummary
{
    /// <summary>Every silo that has not left, by name.</summary>
    [Id(0)]
    public required IReadOnlyList<SiloSummary> Silos { get; init; }

    /// <summary>Partitions that are being moved.</summary>
    [Id(1)]
    public required IReadOnlyList<MoveSummary> Moves { get; init; }

    /// <summary>Every gallery, by name.</summary>
    [Id(2)]
    public required IReadOnlyList<PlacedGallery> Galleries { get; init; }
}
