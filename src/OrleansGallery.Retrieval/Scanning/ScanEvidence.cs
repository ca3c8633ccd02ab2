namespace OrleansGallery.Retrieval;

/// <summary>How an answer was found, and why no other row belongs into it.</summary>
/// <param name="RowsScanned">The rows that were looked at.</param>
/// <param name="RowsRescored">Those whose canonical score was computed, because every bound reached the k-th score known
/// by then.</param>
/// <param name="KthScore">The last match's score; null where there are fewer matches than were asked for.</param>
/// <param name="Tables">What was scanned, in the order of the tables given.</param>
public sealed record ScanEvidence(
    long RowsScanned, long RowsRescored, double? KthScore, IReadOnlyList<TableEvidence> Tables)
{
    /// <summary>The first stage: int8 codes of the projection.</summary>
    public required StageEvidence Projected { get; init; }

    /// <summary>The second stage: int8 codes of the row.</summary>
    public required StageEvidence Quantized { get; init; }

    /// <summary>Rows without codes: float32 products.</summary>
    public required StageEvidence Flat { get; init; }

    /// <summary>The largest bound of a row that was dropped by it, below <see cref="KthScore"/>; null where no row was. In
    /// the first stage a row counts that the snapshot no longer shows.</summary>
    public required double? LargestDropped { get; init; }
}
