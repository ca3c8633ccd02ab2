namespace OrleansGallery.Retrieval;

/// <summary>
/// Some queries over the chunks of all tables as one job: threads draw parts until there are none left, and each query
/// has one k-th score, which all threads share. What a part's rows are loaded for serves all queries.
/// </summary>
internal sealed class ScanJob
{
    private readonly TableVersion[] _tables;
    private readonly ScanPart[] _parts;
    private readonly bool[] _done;
    private readonly ScanTuning _tuning;
    private readonly CancellationToken _deadline;
    private int _drawn;

    public ScanJob(QueryProgress[] queries, TableVersion[] tables, ScanTuning tuning, CancellationToken deadline)
    {
        (Queries, _tables, _tuning, _deadline) = (queries, tables, tuning, deadline);
        PartRows = Math.Clamp(tuning.BoundsPerThread / queries.Length, RowChunk.MaxCapacity, tuning.MaxPartRows);
        _parts = [.. tables.Index().SelectMany(item => Parts(item.Index, item.Item, PartRows))];
        _done = new bool[_parts.Length];
    }

    public QueryProgress[] Queries { get; }

    /// <summary>The most rows of a part.</summary>
    public int PartRows { get; }

    public int PartCount => _parts.Length;

    /// <summary>Scans parts until none is left or the deadline has come; any number of threads at once.</summary>
    public void Work()
    {
        using ScanWorker scanner = new(this, _tuning);
        while (!_deadline.IsCancellationRequested)
        {
            int part = Interlocked.Increment(ref _drawn) - 1;
            if (part >= _parts.Length)
            {
                break;
            }

            scanner.Scan(part, _parts[part], _tables[_parts[part].Table]);
            _done[part] = true;
        }
    }

    /// <summary>A query's answer, once all threads have left <see cref="Work"/>.</summary>
    public ScanAnswer Answer(QueryProgress query)
    {
        TableEvidence[] tables = [.. _tables.Select((table, number) =>
            new TableEvidence(table.Sequence, table.RowCount, RowsDone(number)))];
        return new(
            query.Best.ToSortedArray(),
            Array.TrueForAll(_done, done => done),
            query.Evidence with { RowsScanned = tables.Sum(table => table.RowsScanned) },
            tables);
    }

    private static IEnumerable<ScanPart> Parts(int number, TableVersion table, int rows)
    {
        int perPart = table.ChunkCount == 0 ? 1 : Math.Max(1, rows / table.Chunks[0].Capacity);
        for (int chunk = 0; chunk < table.ChunkCount; chunk += perPart)
        {
            yield return new(number, chunk, Math.Min(perPart, table.ChunkCount - chunk));
        }
    }

    // Rows are counted one by one only where the deadline left parts undone.
    private long RowsDone(int table)
    {
        (bool all, long rows) = (true, 0);
        for (int part = 0; part < _parts.Length; part++)
        {
            all &= _done[part] || _parts[part].Table != table;
        }

        if (all)
        {
            return _tables[table].RowCount;
        }

        for (int part = 0; part < _parts.Length; part++)
        {
            rows += _done[part] && _parts[part].Table == table ? RowsIn(_parts[part]) : 0;
        }

        return rows;
    }

    private long RowsIn(ScanPart part)
    {
        TableVersion table = _tables[part.Table];
        long rows = 0;
        foreach (RowChunk chunk in table.Chunks.Slice(part.FirstChunk, part.ChunkCount))
        {
            for (int slot = 0; slot < chunk.Used; slot++)
            {
                rows += chunk.IsVisible(slot, table.Stamp) ? 1 : 0;
            }
        }

        return rows;
    }
}
