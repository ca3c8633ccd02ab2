using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>The scan of all float32 rows.</summary>
internal sealed class FlatScan(IReadOnlyList<CentroidTable> tables, int threads) : IScanMethod
{
    public string Name => ScanMethods.Flat;

    public string Description => "float32 scan";

    public TimeSpan Preparation => TimeSpan.Zero;

    public double BytesPerRow =>
        tables.Sum(table => (double)table.MemoryBytes) / tables.Sum(table => (double)table.Count);

    public void Search(ReadOnlySpan<ScanQuery> queries, Span<ScanAnswer> answers)
    {
        for (int query = 0; query < queries.Length; query++)
        {
            answers[query] = TableScanner.Scan(queries[query], tables, threads, CancellationToken.None);
        }
    }
}
