namespace OrleansGallery.Cli;

/// <summary>What to measure.</summary>
internal sealed record ClusterBenchOptions
{
    public required string Database { get; init; }

    /// <summary>The numbers of silos, rising.</summary>
    public required IReadOnlyList<int> Silos { get; init; }

    public required int Rows { get; init; }

    public required int Dimension { get; init; }

    public required int Partitions { get; init; }

    /// <summary>Who search at once while silos come and go.</summary>
    public required int Clients { get; init; }

    /// <summary>Vectors a second that are enrolled meanwhile.</summary>
    public required double Pace { get; init; }

    /// <summary>How many cores each silo uses; null: all of the machine's.</summary>
    public required int? SiloCores { get; init; }

    /// <summary>How long each figure of a step takes.</summary>
    public required TimeSpan Duration { get; init; }

    public required int Seed { get; init; }

    /// <summary>Whether the gallery stays for another run.</summary>
    public required bool Keep { get; init; }
}
