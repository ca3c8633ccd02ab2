using System.Diagnostics;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Replaces rows of tables as fast as one thread can, some per sequence number.</summary>
/// <param name="source">The rows; those of <see cref="GalleryTables.Build"/>.</param>
/// <param name="tables">The tables.</param>
/// <param name="perChange">The rows per sequence number.</param>
/// <param name="seed">Which rows are replaced.</param>
internal sealed class UpsertWriter(IRowSource source, CentroidTable[] tables, int perChange, int seed)
{
    // Made beforehand, so that only upserts are timed.
    private const int Vectors = 4096;

    private readonly float[][] _vectors = [.. Enumerable.Range(0, Vectors).AsParallel().AsOrdered().Select(number =>
    {
        float[] unit = new float[source.Dimension];
        source.WriteQuery(number, unit);
        return unit;
    })];

    private RandomBits _bits = new(seed, RowPurpose.Upserts, 0);

    /// <summary>Writes for a while, on the calling thread.</summary>
    /// <param name="duration">How long.</param>
    public UpsertFigures Run(TimeSpan duration)
    {
        RowChange[] changes = new RowChange[perChange];
        List<double> latencies = [];
        double? cpu = ThreadCpu.Seconds();
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            CentroidTable table = Choose(changes);
            long applied = Stopwatch.GetTimestamp();
            table.Apply(table.Sequence + 1, changes);
            latencies.Add(Stopwatch.GetElapsedTime(applied).TotalMilliseconds);
        }

        double upserts = (double)latencies.Count * perChange;
        latencies.Sort();
        return new()
        {
            PerSecond = upserts / Stopwatch.GetElapsedTime(started).TotalSeconds,
            PerCpuSecond = upserts / (ThreadCpu.Seconds() - cpu),
            ChangeP99Ms = latencies[(int)(latencies.Count * 0.99)],
        };
    }

    // Rows of one table: a sequence number belongs to one.
    private CentroidTable Choose(RowChange[] changes)
    {
        int partition = (int)(_bits.Next() % (ulong)tables.Length);
        int rows = (source.Count - partition + tables.Length - 1) / tables.Length;
        for (int i = 0; i < changes.Length; i++)
        {
            int row = partition + (int)(_bits.Next() % (ulong)rows * (ulong)tables.Length);
            changes[i] = new(RowIds.Of(row), 1, _vectors[_bits.Next() % Vectors]);
        }

        return tables[partition];
    }
}
