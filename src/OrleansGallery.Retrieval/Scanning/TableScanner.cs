namespace OrleansGallery.Retrieval;

/// <summary>
/// Exact search. Rows run down a cascade of ever tighter upper bounds of their score (<see cref="CascadeBounds"/>,
/// <see cref="DotSlack"/>); only a row whose bounds all reach the k-th score gets its <see cref="CanonicalScore"/>. The
/// answer is the exact top-k under that score, ties by identity id, and does not depend on codes, threads, tables or
/// the order of rows.
/// </summary>
public static class TableScanner
{
    /// <summary>The most queries that share one pass over the rows.</summary>
    public const int MaxBatch = 128;

    /// <summary>Searches tables as they are now.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="tables">The tables, of one gallery.</param>
    /// <param name="threads">The most threads to use: the caller's, which stays busy until the end, and helpers from
    /// the thread pool.</param>
    /// <param name="deadline">Ends the scan with what it has, within one part of the rows per thread.</param>
    /// <returns>The answer; incomplete if the deadline came first.</returns>
    /// <exception cref="EmbeddingException">The query's dimension is not the tables'.</exception>
    public static ScanAnswer Scan(
        ScanQuery query, IReadOnlyList<CentroidTable> tables, int threads, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ScanAll([query], tables, threads, deadline)[0];
    }

    /// <summary>Searches snapshots, which stay the caller's to dispose.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="snapshots">The snapshots, of the tables of one gallery.</param>
    /// <param name="threads">As of the other overload.</param>
    /// <param name="deadline">As of the other overload.</param>
    /// <returns>The answer; incomplete if the deadline came first.</returns>
    /// <exception cref="EmbeddingException">The query's dimension is not the tables'.</exception>
    /// <exception cref="ArgumentException">The query's filters are not of these snapshots.</exception>
    /// <exception cref="ObjectDisposedException">A snapshot was disposed.</exception>
    public static ScanAnswer Scan(
        ScanQuery query, IReadOnlyList<TableSnapshot> snapshots, int threads, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ScanAll([query], snapshots, threads, ScanTuning.Default, deadline)[0];
    }

    /// <summary>Searches tables as they are now for several queries at once: rows loaded once serve all of
    /// them.</summary>
    /// <param name="queries">What to look for; more than <see cref="MaxBatch"/> are taken in turns.</param>
    /// <param name="tables">As of <see cref="Scan(ScanQuery, IReadOnlyList{CentroidTable}, int,
    /// CancellationToken)"/>.</param>
    /// <param name="threads">As there.</param>
    /// <param name="deadline">As there, for all queries.</param>
    /// <returns>An answer per query.</returns>
    /// <exception cref="EmbeddingException">A query's dimension is not the tables'.</exception>
    public static ScanAnswer[] ScanAll(
        IReadOnlyList<ScanQuery> queries, IReadOnlyList<CentroidTable> tables, int threads, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return ScanAll(queries, tables.Count, table => tables[table].Snapshot(), threads, ScanTuning.Default, deadline);
    }

    /// <summary>The same on snapshots, which stay the caller's to dispose.</summary>
    /// <param name="queries">What to look for.</param>
    /// <param name="snapshots">The snapshots, of the tables of one gallery.</param>
    /// <param name="threads">As of the other overload.</param>
    /// <param name="deadline">As of the other overload.</param>
    /// <returns>An answer per query.</returns>
    /// <exception cref="EmbeddingException">A query's dimension is not the tables'.</exception>
    public static ScanAnswer[] ScanAll(
        IReadOnlyList<ScanQuery> queries, IReadOnlyList<TableSnapshot> snapshots, int threads,
        CancellationToken deadline) => ScanAll(queries, snapshots, threads, ScanTuning.Default, deadline);

    /// <summary>The same on snapshots, with the tuning and the weaknesses that tests ask for.</summary>
    internal static ScanAnswer[] ScanAll(
        IReadOnlyList<ScanQuery> queries,
        IReadOnlyList<TableSnapshot> snapshots,
        int threads,
        ScanTuning tuning,
        CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        return ScanAll(queries, snapshots.Count, table => snapshots[table].Share(), threads, tuning, deadline);
    }

    private static ScanAnswer[] ScanAll(
        IReadOnlyList<ScanQuery> queries,
        int tables,
        Func<int, TableSnapshot> hold,
        int threads,
        ScanTuning tuning,
        CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        TableSnapshot?[] held = new TableSnapshot?[tables];
        try
        {
            TableVersion[] versions = new TableVersion[tables];
            for (int table = 0; table < tables; table++)
            {
                TableSnapshot snapshot = held[table] = hold(table);
                versions[table] = snapshot.Version;
                Check(queries, snapshot, table, tables);
            }

            return [.. queries.Chunk(MaxBatch).SelectMany(batch => Scan(batch, versions, threads, tuning, deadline))];
        }
        finally
        {
            Array.ForEach(held, snapshot => snapshot?.Dispose());
        }
    }

    private static ScanAnswer[] Scan(
        ScanQuery[] queries, TableVersion[] tables, int threads, ScanTuning tuning, CancellationToken deadline)
    {
        QueryProgress[] progress = Array.ConvertAll(queries, query => new QueryProgress(query));
        try
        {
            ScanJob job = new(progress, tables, tuning, deadline);
            new ScanCrew(job).Run(threads);
            return Array.ConvertAll(progress, job.Answer);
        }
        finally
        {
            Array.ForEach(progress, query => query.Dispose());
        }
    }

    private static void Check(IReadOnlyList<ScanQuery> queries, TableSnapshot snapshot, int table, int tables)
    {
        foreach (ScanQuery query in queries)
        {
            if (snapshot.Dimension != query.Unit.Length)
            {
                throw EmbeddingException.WrongDimension(query.Unit.Length, snapshot.Dimension);
            }

            if (query.Filters is { } filters && (filters.Count != tables || !filters[table].IsOf(snapshot.Version)))
            {
                throw new ArgumentException(
                    "A query's filters are not of the snapshots that are scanned.", nameof(queries));
            }
        }
    }
}
