namespace OrleansGallery.Cli;

/// <summary>What <c>gallery bench search --json</c> prints.</summary>
internal sealed record SearchLoadReport
{
    public required string Gallery { get; init; }

    public required int Concurrency { get; init; }

    public required double Seconds { get; init; }

    public required long Queries { get; init; }

    public required double QueriesPerSecond { get; init; }

    /// <summary>Request to answer over HTTP, in milliseconds.</summary>
    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    public required double P999Ms { get; init; }

    /// <summary>The median of what an answer took beyond the slowest silo's own scan.</summary>
    public required double OverheadP50Ms { get; init; }

    /// <summary>Share of answers that all partitions took part in.</summary>
    public required double CompleteShare { get; init; }

    public required long Updates { get; init; }

    public required double UpdateP50Ms { get; init; }

    /// <summary>Requests that failed; they are in no other figure.</summary>
    public required long Failures { get; init; }
}
