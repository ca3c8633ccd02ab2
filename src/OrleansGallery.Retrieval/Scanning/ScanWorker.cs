using System.Buffers;

namespace OrleansGallery.Retrieval;

/// <summary>
/// One thread's work on parts of a job. The first stage bounds all rows of the part for all queries; then each query
/// looks at the rows whose bound reaches its k-th score, best bounds first where it has no k-th score yet. It allocates
/// nothing per row.
/// </summary>
internal sealed class ScanWorker : IDisposable
{
    private readonly ScanJob _job;
    private readonly ScanTuning _tuning;
    private readonly float[] _bounds;
    private readonly bool[] _skips;
    private readonly bool[] _isMarked;
    private readonly ScanEvidence[] _evidence;
    private readonly ulong[] _marks;
    private readonly int[] _sums = new int[BlockKernel.Queries * ChunkCodes.BlockRows];
    private ProjectedBatch? _batch;

    public ScanWorker(ScanJob job, ScanTuning tuning)
    {
        (_job, _tuning) = (job, tuning);
        _bounds = ArrayPool<float>.Shared.Rent(job.Queries.Length * job.PartRows);
        _skips = new bool[job.Queries.Length];
        _isMarked = new bool[job.Queries.Length];
        _evidence = new ScanEvidence[job.Queries.Length];
        _marks = Array.Exists(job.Queries, query => query.Query.Attributes is not null)
            ? new ulong[job.Queries.Length * MarksPerQuery] : [];
    }

    // Chunks have whole blocks, and whole words of marks.
    private int MarksPerQuery => _job.PartRows / ChunkCodes.BlockRows;

    public void Scan(int number, ScanPart part, TableVersion table)
    {
        for (int query = 0; query < _skips.Length; query++)
        {
            _skips[query] = !_tuning.UseProjections || _job.Queries[query].SkipsProjected(number, _tuning.SkipShare);
            _evidence[query] = default;
        }

        ReadOnlySpan<RowChunk> chunks = table.Chunks.Slice(part.FirstChunk, part.ChunkCount);
        using PartCodes codes = new(chunks, _tuning.UseCodes);
        Mark(chunks);
        Bound(chunks, codes);
        for (int query = 0; query < _skips.Length; query++)
        {
            QueryProgress progress = _job.Queries[query];
            RowFilter? filter = progress.Query.Filters?[part.Table];
            PartMarks marks = MarksOf(query, chunks, part.FirstChunk);
            ChunkScan scan = new(progress, table.Stamp, filter, marks, _tuning, ref _evidence[query]);
            Span<float> bounds = _bounds.AsSpan(query * _job.PartRows, _job.PartRows);
            if (!_skips[query] && !progress.Best.IsFull)
            {
                Prime(ref scan, chunks, codes, part.FirstChunk, bounds);
            }

            for (int i = 0; i < chunks.Length; i++)
            {
                Sweep(ref scan, chunks[i], codes[i], part.FirstChunk + i, bounds[codes.Offset(i)..], _skips[query]);
            }

            progress.Add(_evidence[query]);
        }
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_bounds);

    private static void Sweep(
        ref ChunkScan scan, RowChunk chunk, ChunkCodes? codes, int number, Span<float> bounds, bool skipsProjected)
    {
        scan.Enter(chunk, codes, number);
        if (codes is null)
        {
            scan.ScanFlat();
        }
        else if (skipsProjected || codes.Coding.Rank == 0)
        {
            scan.ScanQuantized();
        }
        else
        {
            scan.ScanBounded(bounds[..chunk.Capacity]);
        }
    }

    private void Mark(ReadOnlySpan<RowChunk> chunks)
    {
        for (int query = 0; query < _job.Queries.Length; query++)
        {
            _isMarked[query] = _job.Queries[query].Query.Attributes is { } wanted && !wanted.LetsAllOf(chunks);
            if (!_isMarked[query])
            {
                continue;
            }

            AttributeFilter filter = _job.Queries[query].Query.Attributes!;

            PartMarks marks = MarksOf(query, chunks, 0);
            for (int i = 0; i < chunks.Length; i++)
            {
                filter.Mark(chunks[i], marks.Of(i));
            }
        }
    }

    private PartMarks MarksOf(int query, ReadOnlySpan<RowChunk> chunks, int firstChunk) =>
        chunks.Length == 0 || !_isMarked[query]
            ? default
            : new(
                _marks.AsSpan(query * MarksPerQuery, MarksPerQuery), RowMarks.WordsFor(chunks[0].Capacity), firstChunk);

    private void Bound(ReadOnlySpan<RowChunk> chunks, PartCodes codes)
    {
        if (Array.TrueForAll(_skips, skips => skips))
        {
            return;
        }

        for (int i = 0; i < chunks.Length; i++)
        {
            if (codes[i] is { Coding.Basis: { } basis } coded)
            {
                if (_batch?.Basis != basis)
                {
                    _batch = new(basis, _job.Queries);
                }

                int used = chunks[i].Used;
                Bound(chunks, i, coded, (used + ChunkCodes.BlockRows - 1) / ChunkCodes.BlockRows, codes.Offset(i));
                // What the last block gives beyond the rows, and an earlier part left behind it.
                ClearRest(used, chunks[i].Capacity, codes.Offset(i));
                TakeOutUnmarked(chunks, i, codes.Offset(i));
            }
        }
    }

    private void Bound(ReadOnlySpan<RowChunk> chunks, int chunk, ChunkCodes codes, int blocks, int offset)
    {
        int queries = _job.Queries.Length;
        int bounded = 0;
        for (int block = 0; block < blocks; block++)
        {
            if (!IsWanted(chunks, chunk, block))
            {
                continue;
            }

            bounded++;
            ReadOnlySpan<byte> rows = codes.Block(block);
            int at = offset + (block * ChunkCodes.BlockRows);
            int query = 0;
            for (; query + BlockKernel.Queries <= queries; query += BlockKernel.Queries)
            {
                BlockKernel.SumFour(rows, _batch!.Codes(query, BlockKernel.Queries), _sums);
                for (int i = 0; i < BlockKernel.Queries; i++)
                {
                    BlockBounds.Compute(codes, block, _batch[query + i], Sums(i), Target(query + i, at));
                }
            }

            for (; query < queries; query++)
            {
                BlockKernel.Sum(rows, _batch!.Codes(query, 1), _sums);
                BlockBounds.Compute(codes, block, _batch[query], Sums(0), Target(query, at));
            }
        }

        for (int query = 0; query < queries; query++)
        {
            _evidence[query].ProjectedBounded += _skips[query] ? 0 : bounded * ChunkCodes.BlockRows;
        }
    }

    // Of a block in which no query may match a row nothing is read.
    private bool IsWanted(ReadOnlySpan<RowChunk> chunks, int chunk, int block)
    {
        if (_marks.Length == 0)
        {
            return true;
        }

        for (int query = 0; query < _job.Queries.Length; query++)
        {
            ReadOnlySpan<ulong> marks = MarksOf(query, chunks, 0).Of(chunk);
            if (marks.IsEmpty || RowMarks.HasBlock(marks, block))
            {
                return true;
            }
        }

        return false;
    }

    private void TakeOutUnmarked(ReadOnlySpan<RowChunk> chunks, int chunk, int offset)
    {
        for (int query = 0; _marks.Length > 0 && query < _job.Queries.Length; query++)
        {
            ReadOnlySpan<ulong> marks = MarksOf(query, chunks, 0).Of(chunk);
            if (!marks.IsEmpty)
            {
                RowMarks.TakeOutUnmarked(
                    marks, _bounds.AsSpan((query * _job.PartRows) + offset, chunks[chunk].Capacity));
            }
        }
    }

    private void ClearRest(int from, int to, int offset)
    {
        for (int query = 0; query < _job.Queries.Length; query++)
        {
            _bounds.AsSpan((query * _job.PartRows) + offset + from, to - from).Fill(float.NegativeInfinity);
        }
    }

    private ReadOnlySpan<int> Sums(int query) => _sums.AsSpan(query * ChunkCodes.BlockRows, ChunkCodes.BlockRows);

    private Span<float> Target(int query, int at) =>
        _bounds.AsSpan((query * _job.PartRows) + at, ChunkCodes.BlockRows);

    // A histogram of the bounds says where the best ones begin: as many as matches are wanted, and those beside them.
    private static void Prime(
        ref ChunkScan scan, ReadOnlySpan<RowChunk> chunks, PartCodes codes, int firstChunk, Span<float> bounds)
    {
        BoundHistogram histogram = new(stackalloc int[BoundHistogram.Bins]);
        for (int i = 0; i < chunks.Length; i++)
        {
            if (codes[i] is { Coding.Rank: > 0 } coded)
            {
                scan.Enter(chunks[i], coded, firstChunk + i);
                scan.TakeOutExcluded(bounds.Slice(codes.Offset(i), chunks[i].Used));
                histogram.Add(bounds.Slice(codes.Offset(i), chunks[i].Used));
            }
        }

        float cut = histogram.CutOf(scan.Top);
        for (int i = 0; i < chunks.Length; i++)
        {
            if (codes[i] is { Coding.Rank: > 0 } coded)
            {
                scan.Enter(chunks[i], coded, firstChunk + i);
                scan.TakeAbove(cut, bounds.Slice(codes.Offset(i), chunks[i].Used));
            }
        }
    }
}
