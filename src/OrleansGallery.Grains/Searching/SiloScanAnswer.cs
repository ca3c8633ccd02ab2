using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>One silo's answer.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SiloScanAnswer")]
internal sealed record SiloScanAnswer
{
    /// <summary>What a request hears whose time is over before anything was scanned for it.</summary>
    public static SiloScanAnswer Nothing { get; } = new()
    {
        Matches = [],
        Answered = [],
        Sequences = [],
        Evidence = default,
        IsCut = true,
        Held = [],
        Elsewhere = [],
        IsConfirmed = true,
    };

    /// <summary>The best matches among all rows compared here, exact over the partitions answered.</summary>
    [Id(0)]
    public required IReadOnlyList<Match> Matches { get; init; }

    /// <summary>The partitions that were scanned to their end.</summary>
    [Id(1)]
    public required IReadOnlyList<int> Answered { get; init; }

    /// <summary>What the scan did.</summary>
    [Id(2)]
    public required ScanEvidence Evidence { get; init; }

    /// <summary>Whether the deadline ended the scan before its end.</summary>
    [Id(3)]
    public bool IsCut { get; init; }

    /// <summary>At which sequence each answered partition was scanned; in the same order.</summary>
    [Id(4)]
    public required IReadOnlyList<long> Sequences { get; init; }

    /// <summary>The partitions that are here. One that was asked for and is not among them is not here.</summary>
    [Id(5)]
    public required IReadOnlyList<int> Held { get; init; }

    /// <summary>Where partitions that are not here are, as far as this silo knows.</summary>
    [Id(6)]
    public required IReadOnlyList<PartitionPlace> Elsewhere { get; init; }

    /// <summary>Whether the store has confirmed lately that what was scanned is this silo's.</summary>
    [Id(7)]
    public bool IsConfirmed { get; init; }

    /// <summary>How long the scan took, without what came before it in line.</summary>
    [Id(8)]
    public TimeSpan ScanTime { get; init; }
}
