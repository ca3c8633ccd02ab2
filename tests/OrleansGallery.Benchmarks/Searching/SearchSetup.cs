using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>What is searched for in what, and how it is reported.</summary>
internal sealed record SearchSetup
{
    public required IRowSource Source { get; init; }

    public required ScanQuery[] Queries { get; init; }

    public required int Top { get; init; }

    public required int Partitions { get; init; }

    public required int Rounds { get; init; }

    public required int Seed { get; init; }

    public required bool Json { get; init; }

    public required bool Save { get; init; }

    public required string CommandLine { get; init; }

    /// <summary>Data and size in one line.</summary>
    public string Heading => $"{Source.Count:N0} x {Source.Dimension}, {Source.Description}";
}
