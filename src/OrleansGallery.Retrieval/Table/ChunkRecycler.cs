namespace OrleansGallery.Retrieval;

/// <summary>
/// New chunks, and retired ones written again once no reader can hold them: left to the garbage collector alone, a
/// steady stream of updates was seen to grow a table's memory fourfold before its next full collection.
/// </summary>
/// <remarks>
/// The collector stays the safety net. Where a snapshot is held for long, or was never disposed, retired chunks are not
/// hoarded behind it: they, and all chunks it can see, are given up for reuse and freed with the snapshot.
/// </remarks>
internal sealed class ChunkRecycler(int dimension, int chunkRows)
{
    private const int MinSpare = 2;
    private const int SpareDivisor = 16;

    private readonly Queue<TableEra> _ended = [];
    private readonly Queue<RowChunk> _spare = [];
    private TableEra? _lastEnded;
    private int _waiting;

    /// <summary>The era that versions published now belong to.</summary>
    public TableEra Era { get; private set; } = new();

    /// <summary>The memory of chunks kept for reuse, ready or still held by a reader.</summary>
    public long MemoryBytes => _spare.Sum(chunk => chunk.MemoryBytes)
        + _ended.Sum(era => era.Retired.Sum(chunk => chunk.MemoryBytes));

    /// <summary>Has chunks ready for rows to come.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="coding">How they will be coded; null for not at all.</param>
    /// <returns>How many chunks the rows will take.</returns>
    public int Reserve(int rows, RowCoding? coding)
    {
        int chunks = 0;
        foreach (RowChunk spare in _spare)
        {
            if (rows <= 0)
            {
                return chunks;
            }

            spare.Prepare(coding);
            rows -= spare.Capacity;
            chunks++;
        }

        for (; rows > 0; chunks++)
        {
            RowChunk chunk = new(dimension, chunkRows);
            chunk.Prepare(coding);
            _spare.Enqueue(chunk);
            rows -= chunk.Capacity;
        }

        return chunks;
    }

    public RowChunk Take() => _spare.TryDequeue(out RowChunk? spare) ? spare : new(dimension, chunkRows);

    /// <summary>Begins the era of the versions that no longer show some chunks.</summary>
    /// <param name="retired">Chunks that no later version shows.</param>
    public void BeginEra(RowChunk[] retired)
    {
        Era.Retired = retired;
        _ended.Enqueue(Era);
        _lastEnded = Era;
        _waiting += retired.Length;
        Era = new();
    }

    /// <summary>Ends the earlier era, now that a version of the new one is out, and takes back what nobody
    /// holds.</summary>
    /// <param name="kept">The chunks of the version that is out.</param>
    public void Reclaim(ReadOnlySpan<RowChunk> kept)
    {
        _lastEnded?.Release();
        _lastEnded = null;
        int limit = Math.Max(MinSpare, kept.Length / SpareDivisor);
        while (_ended.TryPeek(out TableEra? oldest) && oldest.IsFree)
        {
            _ended.Dequeue();
            _waiting -= oldest.Retired.Length;
            Recycle(oldest.Retired, limit);
        }

        if (_waiting > 4 * limit)
        {
            GiveUp(kept);
        }
    }

    private void Recycle(RowChunk[] retired, int limit)
    {
        foreach (RowChunk chunk in retired)
        {
            if (chunk.CanBeReused && _spare.Count < limit)
            {
                chunk.Reset();
                _spare.Enqueue(chunk);
            }
        }
    }

    // Whoever reads an ended era can see at most the chunks there are now.
    private void GiveUp(ReadOnlySpan<RowChunk> kept)
    {
        foreach (RowChunk chunk in kept)
        {
            chunk.CanBeReused = false;
        }

        _ended.Clear();
        _waiting = 0;
    }
}
