using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Tables as the partitions of one gallery: rows spread by number, made where they are held.</summary>
internal static class GalleryTables
{
    private const int BlockRows = 2048;

    /// <summary>Builds the tables; no row exists outside them for longer than its block.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="partitions">The number of tables.</param>
    public static CentroidTable[] Build(IRowSource source, int partitions)
    {
        CentroidTable[] tables = [.. Enumerable.Range(0, partitions).Select(_ => new CentroidTable(source.Dimension))];
        float[][] block = [.. Enumerable.Range(0, BlockRows).Select(_ => new float[source.Dimension])];
        long sequence = 0;
        for (int first = 0; first < source.Count; first += BlockRows)
        {
            int start = first;
            int rows = Math.Min(BlockRows, source.Count - first);
            sequence++;
            Parallel.For(0, rows, row => source.WriteRow(start + row, block[row]));
            Parallel.For(0, partitions, partition => tables[partition].Apply(
                sequence,
                [.. Enumerable.Range(start, rows)
                    .Where(row => row % partitions == partition)
                    .Select(row => new RowChange(RowIds.Of(row), 1, block[row - start]))]));
        }

        return tables;
    }

    /// <summary>The queries.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="count">How many.</param>
    /// <param name="top">The number of matches wanted of each.</param>
    public static ScanQuery[] Queries(IRowSource source, int count, int top)
    {
        ScanQuery[] queries = new ScanQuery[count];
        float[] unit = new float[source.Dimension];
        for (int query = 0; query < count; query++)
        {
            source.WriteQuery(query, unit);
            queries[query] = new(unit, top);
        }

        return queries;
    }
}
