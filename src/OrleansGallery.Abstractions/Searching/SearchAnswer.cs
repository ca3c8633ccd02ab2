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

    /// <summary>Rows that were compared.</summary>
    [Id(3)]
    public required long RowsScanned { get; init; }

    /// <summary>Rows whose canonical score was computed.</summary>
    [Id(4)]
    public required long RowsRescored { get; init; }

    /// <summary>What the stages of all silos' scans did.</summary>
    [Id(5)]
    public required ScanStages Stages { get; init; }

    /// <summary>The last match's score; null where there are fewer matches than were asked for.</summary>
    [Id(6)]
    public double? KthScore { get; init; }
}
