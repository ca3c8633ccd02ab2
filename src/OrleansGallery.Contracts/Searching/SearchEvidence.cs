namespace OrleansGallery.Contracts;

/// <summary>What the scans behind an answer did.</summary>
public sealed record SearchEvidence
{
    /// <summary>Rows that were compared.</summary>
    public required long RowsScanned { get; init; }

    /// <summary>Rows whose canonical score was computed.</summary>
    public required long RowsRescored { get; init; }

    /// <summary>The score of the last match, where the answer is full.</summary>
    public double? KthScore { get; init; }
}
