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

    /// <summary>All that were not enrolled.</summary>
    public required long Failed { get; init; }

    /// <summary>Of these, those whose id is enrolled with other content.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Which, and why; of an import the first ones.</summary>
    public required IReadOnlyList<IngestFailure> Failures { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Answered files per second.</summary>
    public required double ImagesPerSecond { get; init; }
}
