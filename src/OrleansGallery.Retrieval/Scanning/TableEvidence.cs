namespace OrleansGallery.Retrieval;

/// <summary>What was scanned of one table.</summary>
/// <param name="Sequence">The sequence number of the snapshot.</param>
/// <param name="Rows">The rows in it.</param>
/// <param name="RowsScanned">The rows that the scan reached; fewer where the deadline ended it.</param>
public readonly record struct TableEvidence(long Sequence, long Rows, long RowsScanned)
{
    /// <summary>Whether the whole table was scanned.</summary>
    public bool Complete => RowsScanned == Rows;
}
