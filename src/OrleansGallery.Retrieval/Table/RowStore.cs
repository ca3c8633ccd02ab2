namespace OrleansGallery.Retrieval;

/// <summary>
/// The writer's side of a table: which slot holds which identity, and where the next row goes. One thread at a time.
/// Changes carry the stamp of the version that <see cref="Publish"/> makes next, so no earlier version sees them.
/// </summary>
internal sealed class RowStore(int dimension)
{
    // A full chunk is compacted once this share of its rows is dead: at most three rows are copied for one that died,
    // and at most a third more memory is held than the living rows need.
    private const int SparseDivisor = 4;

    // A dictionary entry (key, chunk, slot, hash, next) and its bucket.
    private const int MapBytesPerEntry = 36;

    private readonly Dictionary<string, (RowChunk Chunk, int Slot)> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<RowChunk> _sparse = [];
    private readonly ChunkRecycler _recycler = new(dimension);
    private RowChunk[] _chunks = [];
    private int _chunkCount;
    private long _stamp = 1;

    public long MemoryBytes => ((long)_slots.EnsureCapacity(0) * MapBytesPerEntry)
        + (_chunkCount == 0 ? 0 : (_chunkCount + _recycler.ChunkCount) * _chunks[0].MemoryBytes);

    public bool HasSparse => _sparse.Count > 0;

    /// <summary>Makes room, so that this many upserts cannot run out of memory half-way.</summary>
    public void Reserve(int rows)
    {
        _slots.EnsureCapacity(_slots.Count + rows);
        RowChunk? tail = _chunkCount == 0 ? null : _chunks[_chunkCount - 1];
        long free = _recycler.SpareSlots + (tail is null ? 0 : tail.Capacity - tail.Used);
        while (free < rows)
        {
            free += _recycler.AddSpare();
        }
    }

    public void Upsert(string identityId, long count, ReadOnlySpan<float> centroid)
    {
        Remove(identityId);
        Append(identityId, count, centroid);
    }

    public void Remove(string identityId)
    {
        if (_slots.Remove(identityId, out (RowChunk Chunk, int Slot) at))
        {
            at.Chunk.Kill(at.Slot, _stamp);
            NoteSparse(at.Chunk);
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
                    Append(chunk.Ids[slot], chunk.Counts[slot], chunk.Row(slot));
                }
            }
        }
    }

    /// <summary>The version that shows all changes so far.</summary>
    public TableVersion Publish(long sequence)
    {
        return new(_chunks, _chunkCount, _recycler.Era, _stamp++, sequence, _slots.Count);
    }

    /// <summary>Takes back what nobody reads any more; to be called once a version after a compaction is out.</summary>
    public void Reclaim() => _recycler.Reclaim(_chunks.AsSpan(0, _chunkCount));

    private void Append(string identityId, long count, ReadOnlySpan<float> centroid)
    {
        RowChunk? tail = _chunkCount == 0 ? null : _chunks[_chunkCount - 1];
        if (tail is null || tail.IsFull)
        {
            tail = AddChunk();
        }

        _slots[identityId] = (tail, tail.Append(identityId, count, centroid, _stamp));
        NoteSparse(tail);
    }

    private RowChunk AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            // Versions keep the old array; growing copies.
            Array.Resize(ref _chunks, Math.Max(4, 2 * _chunkCount));
        }

        return _chunks[_chunkCount++] = _recycler.Take();
    }

    private void NoteSparse(RowChunk chunk)
    {
        if (chunk.IsFull && chunk.Dead * SparseDivisor >= chunk.Capacity)
        {
            _sparse.Add(chunk);
        }
    }
}
