namespace OrleansGallery.Cli;

/// <summary>What was exported, as <c>--json</c> prints it.</summary>
internal sealed record ExportSummary
{
    public required string Gallery { get; init; }

    public required ExportWhat What { get; init; }

    /// <summary>The files that were written.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required long Vectors { get; init; }

    public required int Dimension { get; init; }

    /// <summary>Identities whose images cancel to a zero sum: they have no centroid.</summary>
    public required long WithoutCentroid { get; init; }

    public required double Seconds { get; init; }
}
