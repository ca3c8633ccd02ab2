using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Rows to learn a basis from, evenly spread over tables.</summary>
internal static class BasisSample
{
    /// <summary>Copies rows.</summary>
    /// <param name="tables">The tables, of one dimension.</param>
    /// <param name="wanted">The most rows to take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>[n, D], one after the other.</returns>
    public static float[] Take(IReadOnlyList<CentroidTable> tables, int wanted, CancellationToken cancellationToken)
    {
        TableSnapshot[] snapshots = [.. tables.Select(table => table.Snapshot())];
        try
        {
            long rows = snapshots.Sum(snapshot => (long)snapshot.Count);
            long taken = Math.Min(rows, wanted);
            int dimension = tables[0].Dimension;
            float[] sample = new float[checked(taken * dimension)];
            (long seen, int at) = (0, 0);
            foreach (SnapshotRow row in snapshots.SelectMany(snapshot => snapshot.Rows))
            {
                // Row i of n is taken where the count that is due, i m / n, steps.
                bool isDue = seen * taken / rows < (seen + 1) * taken / rows;
                seen++;
                if (isDue)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    row.Centroid.Span.CopyTo(sample.AsSpan(at));
                    at += dimension;
                }
            }

            return sample;
        }
        finally
        {
            Array.ForEach(snapshots, snapshot => snapshot.Dispose());
        }
    }
}
