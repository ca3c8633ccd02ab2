using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// One query over the chunks of all tables as one job: threads draw chunk numbers until there are none left, and share
/// one k-th score. A thread allocates nothing, however many rows it scans.
/// </summary>
internal sealed class ScanJob
{
    private readonly ScanQuery _query;
    private readonly TableVersion[] _tables;
    private readonly double _slack;
    private readonly CancellationToken _deadline;

    // Table t owns the chunk numbers from _firstChunk[t] to _firstChunk[t + 1].
    private readonly int[] _firstChunk;
    private readonly long[] _rowsScanned;
    private readonly TopMatches _best;
    private int _drawn;
    private int _finished;
    private long _rowsRescored;

    public ScanJob(ScanQuery query, TableVersion[] tables, TopMatches best, double slack, CancellationToken deadline)
    {
        _query = query;
        _tables = tables;
        _best = best;
        _slack = slack;
        _deadline = deadline;
        _rowsScanned = new long[tables.Length];
        _firstChunk = new int[tables.Length + 1];
        for (int table = 0; table < tables.Length; table++)
        {
            _firstChunk[table + 1] = _firstChunk[table] + tables[table].ChunkCount;
        }
    }

    public int ChunkCount => _firstChunk[^1];

    /// <summary>Scans chunks until none is left or the deadline has come; any number of threads at once.</summary>
    public void Work()
    {
        int table = 0;
        long rescored = 0;
        while (!_deadline.IsCancellationRequested)
        {
            int drawn = Interlocked.Increment(ref _drawn) - 1;
            if (drawn >= ChunkCount)
            {
                break;
            }

            while (drawn >= _firstChunk[table + 1])
            {
                table++;
            }

            TableVersion version = _tables[table];
            int scanned = ScanChunk(version.Chunks[drawn - _firstChunk[table]], version.Stamp, ref rescored);
            Interlocked.Add(ref _rowsScanned[table], scanned);
            Interlocked.Increment(ref _finished);
        }

        Interlocked.Add(ref _rowsRescored, rescored);
    }

    /// <summary>The answer, once all threads have left <see cref="Work"/>.</summary>
    public ScanAnswer Answer()
    {
        Match[] matches = _best.ToSortedArray();
        TableEvidence[] evidence = new TableEvidence[_tables.Length];
        for (int table = 0; table < evidence.Length; table++)
        {
            evidence[table] = new(_tables[table].Sequence, _tables[table].RowCount, _rowsScanned[table]);
        }

        double? kthScore = matches.Length == _query.Top ? matches[^1].Score : null;
        return new(
            matches, _finished == ChunkCount, new(_rowsScanned.Sum(), _rowsRescored, kthScore, evidence));
    }

    private int ScanChunk(RowChunk chunk, long stamp, ref long rescored)
    {
        ReadOnlySpan<float> query = _query.Unit;
        double threshold = _best.Threshold;
        int scanned = 0;
        int used = chunk.Used;
        for (int slot = 0; slot < used; slot++)
        {
            if (!chunk.IsVisible(slot, stamp))
            {
                continue;
            }

            scanned++;
            ReadOnlySpan<float> row = chunk.Row(slot);
            if (TensorPrimitives.Dot(query, row) + _slack < threshold)
            {
                continue;
            }

            rescored++;
            double score = CanonicalScore.Score(query, row);
            threshold = _best.Threshold;
            if (score >= threshold && !_query.Excluded.Contains(chunk.Ids[slot]))
            {
                _best.Offer(new(chunk.Ids[slot], score, chunk.Counts[slot]));
                threshold = _best.Threshold;
            }
        }

        return scanned;
    }
}
