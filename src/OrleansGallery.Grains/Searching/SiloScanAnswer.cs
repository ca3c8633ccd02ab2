using OrleansGallery.Abstractions;

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
        RowsScanned = 0,
        RowsRescored = 0,
        Stages = new ScanStages
        {
            ProjectedBounded = 0, ProjectedPassed = 0, QuantizedBounded = 0, QuantizedPassed = 0, FlatBounded = 0,
            FlatPassed = 0,
        },
        IsCut = true,
    };

    /// <summary>The best matches among all rows compared here, exact over the partitions answered.</summary>
    [Id(0)]
    public required IReadOnlyList<Match> Matches { get; init; }

    /// <summary>The partitions that were scanned to their end.</summary>
    [Id(1)]
    public required IReadOnlyList<int> Answered { get; init; }

    /// <summary>Rows that were compared.</summary>
    [Id(2)]
    public required long RowsScanned { get; init; }

    /// <summary>Rows whose canonical score was computed.</summary>
    [Id(3)]
    public required long RowsRescored { get; init; }

    /// <summary>What the scan's stages did.</summary>
    [Id(4)]
    public required ScanStages Stages { get; init; }

    /// <summary>Whether the deadline ended the scan before its end.</summary>
    [Id(5)]
    public bool IsCut { get; init; }
}
