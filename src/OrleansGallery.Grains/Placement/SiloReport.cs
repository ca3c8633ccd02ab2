using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What a gallery silo holds and does.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SiloReport")]
internal sealed record SiloReport
{
    /// <summary>The partitions that it holds.</summary>
    [Id(0)]
    public required IReadOnlyList<PartitionPlace> Partitions { get; init; }

    /// <summary>Their rows.</summary>
    [Id(1)]
    public required long Rows { get; init; }

    /// <summary>How long ago the store last confirmed what it holds; zero: it holds nothing.</summary>
    [Id(2)]
    public required TimeSpan LeaseAge { get; init; }

    /// <summary>Changes that wait for the store.</summary>
    [Id(3)]
    public required int Queue { get; init; }

    /// <summary>Whether it was told to stop and hands over.</summary>
    [Id(4)]
    public required bool IsDraining { get; init; }

    /// <summary>What it is moving to other silos.</summary>
    [Id(5)]
    public required IReadOnlyList<PartitionMove> Moves { get; init; }
}
