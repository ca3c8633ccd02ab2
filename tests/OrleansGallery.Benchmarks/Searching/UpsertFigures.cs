namespace OrleansGallery.Benchmarks.Searching;

/// <summary>What one thread of upserts achieved, and the queries meanwhile.</summary>
internal sealed record UpsertFigures
{
    public required double PerSecond { get; init; }

    /// <summary>Upserts per second that the writing thread ran; null where the system does not say.</summary>
    public required double? PerCpuSecond { get; init; }

    /// <summary>The 99th percentile of the time until a change was visible.</summary>
    public required double ChangeP99Ms { get; init; }

    /// <summary>The median wall time of a query meanwhile; null without queries.</summary>
    public double? QueryMs { get; init; }
}
