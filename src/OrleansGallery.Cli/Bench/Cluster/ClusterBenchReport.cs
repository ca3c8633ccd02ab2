namespace OrleansGallery.Cli;

/// <summary>What <c>gallery bench cluster --json</c> prints.</summary>
internal sealed record ClusterBenchReport
{
    public required int Rows { get; init; }

    public required int Dimension { get; init; }

    public required int Partitions { get; init; }

    public required string Data { get; init; }

    public required int Clients { get; init; }

    public required double Pace { get; init; }

    /// <summary>How many cores each silo uses; null: all of the machine's.</summary>
    public int? SiloCores { get; init; }

    public required double Seconds { get; init; }

    public required int Seed { get; init; }

    /// <summary>At which the gallery was filled; null: it was there.</summary>
    public double? FilledPerSecond { get; init; }

    public required IReadOnlyList<ClusterStep> Steps { get; init; }

    public required IReadOnlyList<ClusterChange> Changes { get; init; }
}
