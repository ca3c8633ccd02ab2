using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary>The merged answer of all partitions that answered in time.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SearchAnswer")]
public sealed record SearchAnswer
{
    /// <summary>The exact best matches among the partitions that answered, by score, then by identity id.</summary>
    [Id(0)]
    public required IReadOnlyList<Match> Matches { get; init; }

    /// <summary>All partitions of the gallery.</summary>
    [Id(1)]
    public required int Asked { get; init; }

    /// <summary>Those that answered completely and in time.</summary>
    [Id(2)]
    public required int Answered { get; init; }

    /// <summary>How it was found, by all silos together.</summary>
    [Id(3)]
    public required ScanEvidence Evidence { get; init; }

    /// <summary>The partitions that did not answer, in order.</summary>
    [Id(4)]
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>Whether the store has confirmed lately, for every silo that answered, that what it scanned is its own.
    /// False: a silo is cut off from the store, and another may have newer rows.</summary>
    [Id(5)]
    public required bool IsConfirmed { get; init; }

    /// <summary>How long the slowest silo's scan took, without what came before it in line.</summary>
    [Id(6)]
    public TimeSpan SlowestScan { get; init; }
}
