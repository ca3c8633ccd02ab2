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
        Evidence = default,
        IsCut = true,
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
}
