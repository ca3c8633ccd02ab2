using System.Diagnostics;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>The methods that are compared; the first is the baseline.</summary>
internal static class ScanMethods
{
    /// <summary>The float32 scan, against which speed is given.</summary>
    public const string Flat = "flat";

    /// <summary>The scan of int8 rows.</summary>
    public const string Int8 = "int8";

    /// <summary>The cascade of all stages.</summary>
    public const string Cascade = "cascade";

    /// <summary>Learns a basis, codes all rows as a gallery does, and makes the methods ready.</summary>
    /// <param name="tables">The tables, of one gallery.</param>
    /// <param name="threads">The threads of a scan.</param>
    public static IScanMethod[] Create(IReadOnlyList<CentroidTable> tables, int threads)
    {
        int dimension = tables[0].Dimension;
        StagedScan flat = new(Flat, "float32 scan", tables, threads, new() { UseCodes = false })
        {
            Preparation = TimeSpan.Zero, BytesPerRow = BytesPerRow(tables),
        };
        if (dimension < RowCoding.MinDimension)
        {
            return [flat];
        }

        TimeSpan without = Code(tables, new(dimension, null));
        StagedScan int8 = new(Int8, "int8 rows, then float32", tables, threads, new() { UseProjections = false })
        {
            Preparation = without, BytesPerRow = BytesPerRow(tables),
        };
        long started = Stopwatch.GetTimestamp();
        SearchBasis? basis = BasisLearning.Learn(Sample(tables), dimension, 1, CancellationToken.None);
        if (basis is null)
        {
            return [flat, int8];
        }

        TimeSpan learning = Stopwatch.GetElapsedTime(started);
        TimeSpan with = learning + Code(tables, new(dimension, basis));
        return
        [
            flat, int8,
            new StagedScan(Cascade, $"int8 of {basis.Rank} directions, int8 rows, then float32", tables, threads, new())
            {
                Preparation = with, BytesPerRow = BytesPerRow(tables),
            },
        ];
    }

    private static TimeSpan Code(IReadOnlyList<CentroidTable> tables, RowCoding coding)
    {
        long started = Stopwatch.GetTimestamp();
        foreach (CentroidTable table in tables)
        {
            table.UseCoding(coding);
            while (table.CodeNext())
            {
            }
        }

        return Stopwatch.GetElapsedTime(started);
    }

    // Every so manieth row.
    private static float[] Sample(IReadOnlyList<CentroidTable> tables)
    {
        long rows = tables.Sum(table => (long)table.Count);
        int step = (int)Math.Max(1, rows / BasisLearning.SampleRows);
        return [.. tables.SelectMany(table => Rows(table, step)).SelectMany(row => row)];
    }

    private static float[][] Rows(CentroidTable table, int step)
    {
        using TableSnapshot snapshot = table.Snapshot();
        return
        [
            .. snapshot.Rows.Index()
                .Where(item => item.Index % step == 0)
                .Select(item => item.Item.Centroid.ToArray()),
        ];
    }

    private static double BytesPerRow(IReadOnlyList<CentroidTable> tables) =>
        tables.Sum(table => (double)table.MemoryBytes) / tables.Sum(table => (double)table.Count);
}
