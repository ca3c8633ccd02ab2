namespace OrleansGallery.Retrieval;

/// <summary>How an answer was found.</summary>
/// <param name="RowsScanned">The rows whose score was bounded.</param>
/// <param name="RowsRescored">Those of them whose canonical score was computed, because the bound reached the k-th
/// score known by then.</param>
/// <param name="KthScore">The last match's score; null where there are fewer matches than were asked for.</param>
/// <param name="Tables">What was scanned, in the order of the tables given.</param>
public sealed record ScanEvidence(
    long RowsScanned, long RowsRescored, double? KthScore, IReadOnlyList<TableEvidence> Tables);
