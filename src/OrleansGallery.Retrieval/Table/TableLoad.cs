namespace OrleansGallery.Retrieval;

/// <summary>Rows on their way into a table. One thread at a time.</summary>
public sealed class TableLoad
{
    private readonly CentroidTable _table;
    private readonly RowStore _rows;

    internal TableLoad(CentroidTable table, RowStore rows) => (_table, _rows) = (table, rows);

    /// <summary>Puts a row in, in the place of one of the same identity, or takes it out.</summary>
    /// <param name="row">The row; its array is copied.</param>
    /// <exception cref="ArgumentException">The row is none, as of <see cref="CentroidTable.Apply"/>.</exception>
    public void Put(in RowChange row)
    {
        row.Check(_table.Dimension);
        CentroidTable.Change(_rows, row);
    }

    /// <summary>Makes the rows the table's, visible at once; nothing may be put in any more.</summary>
    /// <param name="sequence">The sequence number they are of; not an earlier one than the table's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has moved past the sequence number.</exception>
    public void Publish(long sequence) => _table.Replace(_rows, sequence);
}
