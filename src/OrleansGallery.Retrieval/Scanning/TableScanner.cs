namespace OrleansGallery.Retrieval;

/// <summary>
/// Exact flat search. Each row's float32 dot product plus <see cref="DotSlack"/> bounds its score from above; only a
/// row whose bound reaches the k-th score gets its <see cref="CanonicalScore"/>. The answer is the exact top-k under
/// that score, ties by identity id, and does not depend on threads, tables or the order of rows.
/// </summary>
public static class TableScanner
{
    /// <summary>Searches tables as they are now.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="tables">The tables, of one gallery.</param>
    /// <param name="threads">The most threads to use: the caller's, which stays busy until the end, and helpers from
    /// the thread pool.</param>
    /// <param name="deadline">Ends the scan with what it has, within one chunk per thread.</param>
    /// <returns>The answer; incomplete if the deadline came first.</returns>
    /// <exception cref="EmbeddingException">The query's dimension is not the tables'.</exception>
    public static ScanAnswer Scan(
        ScanQuery query, IReadOnlyList<CentroidTable> tables, int threads, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(query);
        return Scan(
            query, tables.Count, table => tables[table].Snapshot(), threads, DotSlack.For(query.Unit.Length), deadline);
    }

    /// <summary>Searches snapshots, which stay the caller's to dispose.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="snapshots">The snapshots, of the tables of one gallery.</param>
    /// <param name="threads">As of the other overload.</param>
    /// <param name="deadline">As of the other overload.</param>
    /// <returns>The answer; incomplete if the deadline came first.</returns>
    /// <exception cref="EmbeddingException">The query's dimension is not the tables'.</exception>
    /// <exception cref="ObjectDisposedException">A snapshot was disposed.</exception>
    public static ScanAnswer Scan(
        ScanQuery query, IReadOnlyList<TableSnapshot> snapshots, int threads, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Scan(query, snapshots, threads, DotSlack.For(query.Unit.Length), deadline);
    }

    /// <summary>The same with a slack of the caller's: tests show that a smaller one is caught.</summary>
    internal static ScanAnswer Scan(
        ScanQuery query, IReadOnlyList<TableSnapshot> snapshots, int threads, double slack, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        return Scan(query, snapshots.Count, table => snapshots[table].Share(), threads, slack, deadline);
    }

    private static ScanAnswer Scan(
        ScanQuery query,
        int tables,
        Func<int, TableSnapshot> hold,
        int threads,
        double slack,
        CancellationToken deadline)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TableSnapshot?[] held = new TableSnapshot?[tables];
        try
        {
            TableVersion[] versions = new TableVersion[tables];
            for (int table = 0; table < tables; table++)
            {
                TableSnapshot snapshot = held[table] = hold(table);
                if (snapshot.Dimension != query.Unit.Length)
                {
                    throw EmbeddingException.WrongDimension(query.Unit.Length, snapshot.Dimension);
                }

                versions[table] = snapshot.Version;
            }

            using TopMatches best = new(query.Top, query.MinimumScore);
            ScanJob job = new(query, versions, best, slack, deadline);
            new ScanCrew(job).Run(threads);
            return job.Answer();
        }
        finally
        {
            Array.ForEach(held, snapshot => snapshot?.Dispose());
        }
    }
}
