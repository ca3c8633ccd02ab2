namespace OrleansGallery.Cli;

/// <summary>What an ingest did, as <c>--json</c> prints it.</summary>
internal sealed record IngestSummary
{
    public required string Gallery { get; init; }

    /// <summary>All that was found: those enrolled, those enrolled before, and the failures.</summary>
    public required int Files { get; init; }

    public required long Enrolled { get; init; }

    /// <summary>Files that had been enrolled before.</summary>
    public required long Duplicates { get; init; }

    public required IReadOnlyList<IngestFailure> Failures { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Answered files per second.</summary>
    public required double ImagesPerSecond { get; init; }
}
