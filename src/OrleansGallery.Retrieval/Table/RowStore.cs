namespace OrleansGallery.Retrieval;

/// <summary>
/// The writer's side of a table: which slot holds which identity, and where the next row goes. One thread at a time.
/// Changes carry the stamp of the version that <see cref="Publish"/> makes next, so no earlier version sees them.
/// </summary>
internal sealed class RowStore
{
    // A full chunk is compacted once this share of its rows is dead: at most three rows are copied for one that died,
    // and at most a third more memory is held than the living rows need.
    private const int SparseDivisor = 4;

    private readonly FacetPool _facets = new();
    private readonly AttributePool _attributes = new();
    private readonly SlotMap _slots;
    private readonly HashSet<RowChunk> _sparse = [];
    private readonly ChunkRecycler _recycler;
    private readonly List<RowChunk?> _byNumber = [];
    private readonly Stack<int> _freeNumbers = [];
    private readonly List<RowEncoder> _encoders = [];
    private RowChunk[] _chunks = [];
    private int _chunkCount;
    private long _stamp = 1;

    /// <param name="dimension">Components of a row.</param>
    /// <param name="chunkRows">The most rows of a chunk.</param>
    public RowStore(int dimension, int chunkRows)
    {
        _recycler = new(dimension, chunkRows);
        _slots = new(row => _byNumber[row / RowChunk.MaxCapacity]!.Ids[row % RowChunk.MaxCapacity]);
    }

    /// <summary>How new chunks' rows are coded; null for not at all.</summary>
    public RowCoding? Coding { get; set; }

    public long MemoryBytes => _slots.MemoryBytes + _recycler.MemoryBytes
        + _chunks.Take(_chunkCount).Sum(chunk => chunk.MemoryBytes);

    public bool HasSparse => _sparse.Count > 0;

    /// <summary>Makes room, so that this many upserts cannot run out of memory half-way.</summary>
    public void Reserve(int rows)
    {
        _slots.Reserve(rows);
        RowChunk? tail = _chunkCount == 0 ? null : _chunks[_chunkCount - 1];
        if (tail?.Codes is { } codes)
        {
            EncoderOf(codes.Coding);
        }

        int missing = Math.Max(0, rows - (tail is null ? 0 : tail.Capacity - tail.Used));
        if (missing > 0)
        {
            int chunks = _recycler.Reserve(missing, Coding);
            if (_chunkCount + chunks > _chunks.Length)
            {
                // Versions keep the old array; growing copies.
                Array.Resize(ref _chunks, Math.Max(_chunkCount + chunks, 2 * _chunkCount));
            }

            if (Coding is not null)
            {
                EncoderOf(Coding);
            }
        }
    }

    public void Upsert(in RowChange change)
    {
        Remove(change.IdentityId);
        Append(
            change.IdentityId, checked((int)change.Count), change.Centroid, _facets.Of(change.Facets),
            _attributes.Of(change.Attributes));
    }

    public bool Contains(string identityId) => _slots.Contains(identityId);

    public AttributeSet? AttributesOf(string identityId) => _slots.TryFind(identityId, out int row)
        ? _byNumber[row / RowChunk.MaxCapacity]!.Attributes?[row % RowChunk.MaxCapacity]
        : null;

    public double? ScoreOf(string identityId, ReadOnlySpan<float> query) => _slots.TryFind(identityId, out int row)
        ? CanonicalScore.Score(query, _byNumber[row / RowChunk.MaxCapacity]!.Row(row % RowChunk.MaxCapacity))
        : null;

    public void Remove(string identityId)
    {
        if (_slots.Remove(identityId, out int row))
        {
            RowChunk chunk = _byNumber[row / RowChunk.MaxCapacity]!;
            chunk.Kill(row % RowChunk.MaxCapacity, _stamp);
            NoteSparse(chunk);
        }
    }

    /// <summary>
    /// Copies the living rows of sparse chunks behind the last row and leaves those chunks out of the next version. The
    /// chunks themselves stay untouched for the versions that hold them, and to those the copies are not yet born.
    /// </summary>
    public void Compact()
    {
        RowChunk[] sparse = [.. _sparse];
        Reserve(sparse.Sum(chunk => chunk.Capacity - chunk.Dead));
        RowChunk[] kept = [.. _chunks.Take(_chunkCount).Where(chunk => !_sparse.Contains(chunk))];
        _sparse.Clear();
        _recycler.BeginEra(sparse);
        _chunks = kept;
        _chunkCount = kept.Length;
        foreach (RowChunk chunk in sparse)
        {
            for (int slot = 0; slot < chunk.Used; slot++)
            {
                if (chunk.Died[slot] == RowChunk.Never)
                {
                    _slots.Remove(chunk.Ids[slot], out _);
                    Append(
                        chunk.Ids[slot], chunk.Counts[slot], chunk.Row(slot), chunk.Facets[slot],
                        chunk.Attributes?[slot]);
                }
            }

            _byNumber[chunk.Number] = null;
            _freeNumbers.Push(chunk.Number);
        }
    }

    /// <summary>The version that shows all changes so far.</summary>
    public TableVersion Publish(long sequence)
    {
        return new(_chunks, _chunkCount, _recycler.Era, _stamp++, sequence, _slots.Count);
    }

    /// <summary>Takes back what nobody reads any more; to be called once a version after a compaction is out.</summary>
    public void Reclaim() => _recycler.Reclaim(_chunks.AsSpan(0, _chunkCount));

    /// <summary>Codes what a chunk has got since its new codes were begun, and puts them into force.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="codes">Codes of its first slots.</param>
    public void Finish(RowChunk chunk, ChunkCodes codes)
    {
        RowEncoder encoder = EncoderOf(codes.Coding);
        for (int slot = codes.Written; slot < chunk.Used; slot++)
        {
            encoder.Encode(chunk.Row(slot), codes, slot);
        }

        chunk.Codes = codes;
    }

    private void Append(
        string identityId, int count, ReadOnlySpan<float> centroid, string[]? facets, AttributeSet? attributes)
    {
        RowChunk? tail = _chunkCount == 0 ? null : _chunks[_chunkCount - 1];
        if (tail is null || tail.IsFull)
        {
            tail = AddChunk();
        }

        // Whatever codes the chunk has must show every row, those of an earlier coding too.
        if (tail.Codes is { } codes)
        {
            EncoderOf(codes.Coding).Encode(centroid, codes, tail.Used);
        }

        int slot = tail.Append(identityId, count, centroid, facets, attributes, _stamp);
        _slots.Add(identityId, (tail.Number * RowChunk.MaxCapacity) + slot);
        NoteSparse(tail);
    }

    private RowChunk AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(4, 2 * _chunkCount));
        }

        RowChunk chunk = _recycler.Take();
        chunk.Prepare(Coding);
        if (!_freeNumbers.TryPop(out int number))
        {
            number = _byNumber.Count;
            _byNumber.Add(null);
        }

        chunk.Number = number;
        _byNumber[number] = chunk;
        return _chunks[_chunkCount++] = chunk;
    }

    // The current coding and, for a while, the one before.
    private RowEncoder EncoderOf(RowCoding coding)
    {
        RowEncoder? encoder = _encoders.Find(known => known.Coding == coding);
        if (encoder is null)
        {
            encoder = new(coding);
            _encoders.Insert(0, encoder);
            if (_encoders.Count > 2)
            {
                _encoders.RemoveRange(2, _encoders.Count - 2);
            }
        }

        return encoder;
    }

    private void NoteSparse(RowChunk chunk)
    {
        if (chunk.IsFull && chunk.Dead * SparseDivisor >= chunk.Capacity)
        {
            _sparse.Add(chunk);
        }
    }
}
