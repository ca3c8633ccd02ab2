namespace OrleansGallery.Retrieval;

/// <summary>
/// What one snapshot sees: the rows of <paramref name="chunks"/> that are visible at <paramref name="stamp"/>. Never
/// changes.
/// </summary>
/// <param name="chunks">The chunks; the writer may append to the array behind <paramref name="chunkCount"/>.</param>
/// <param name="chunkCount">How many of them belong to this version.</param>
/// <param name="era">Who reads the version holds its era.</param>
/// <param name="stamp">The ordinal number of the version.</param>
/// <param name="sequence">The partition's sequence number whose rows these are.</param>
/// <param name="rowCount">The number of visible rows.</param>
internal sealed class TableVersion(
    RowChunk[] chunks, int chunkCount, TableEra era, long stamp, long sequence, int rowCount)
{
    public ReadOnlySpan<RowChunk> Chunks => chunks.AsSpan(0, chunkCount);

    public int ChunkCount => chunkCount;

    public TableEra Era => era;

    public long Stamp => stamp;

    public long Sequence => sequence;

    public int RowCount => rowCount;
}
