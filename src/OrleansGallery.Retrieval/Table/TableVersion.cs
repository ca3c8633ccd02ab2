namespace OrleansGallery.Retrieval;

/// <summary>
/// What one snapshot sees: the rows of <paramref name="chunks"/> that are visible at <paramref name="stamp"/>. Never
/// changes.
/// </summary>
/// <param name="chunks">The chunks; the writer may append to the array behind <paramref name="chunkCount"/>.</param>
/// <param name="chunkCount">How many of them belong to this version.</param>
/// <param name="stamp">The ordinal number of the version.</param>
/// <param name="sequence">The partition's sequence number whose rows these are.</param>
/// <param name="rowCount">The number of visible rows.</param>
/// <param name="memoryBytes">What the table takes in memory at this version.</param>
internal sealed class TableVersion(
    RowChunk[] chunks, int chunkCount, long stamp, long sequence, int rowCount, long memoryBytes)
{
    public ReadOnlySpan<RowChunk> Chunks => chunks.AsSpan(0, chunkCount);

    public int ChunkCount => chunkCount;

    public long Stamp => stamp;

    public long Sequence => sequence;

    public int RowCount => rowCount;

    public long MemoryBytes => memoryBytes;
}
