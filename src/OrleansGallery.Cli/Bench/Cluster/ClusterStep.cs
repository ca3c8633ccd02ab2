namespace OrleansGallery.Cli;

/// <summary>Figures of one number of silos.</summary>
internal sealed record ClusterStep
{
    public required int Silos { get; init; }

    /// <summary>Vectors enrolled per second, as fast as the service takes them.</summary>
    public required double IngestPerSecond { get; init; }

    public required long Queries { get; init; }

    /// <summary>Request to answer over HTTP at one client, in milliseconds.</summary>
    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    /// <summary>The median of what an answer took beyond the slowest silo's own scan.</summary>
    public required double OverheadP50Ms { get; init; }

    /// <summary>Processor time of all silos together, while one client searched.</summary>
    public required double CpuMsPerQuery { get; init; }

    /// <summary>The same of the process that serves HTTP.</summary>
    public required double ApiCpuMsPerQuery { get; init; }

    /// <summary>Processor time of all silos together in a second in which nobody asks anything.</summary>
    public required double IdleCpuMsPerSecond { get; init; }
}
