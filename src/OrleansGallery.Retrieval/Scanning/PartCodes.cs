using System.Buffers;

namespace OrleansGallery.Retrieval;

/// <summary>The codes of a part's chunks, read once: a chunk may get others while it is scanned.</summary>
internal readonly ref struct PartCodes
{
    private readonly ChunkCodes?[] _codes;
    private readonly int _capacity;

    public PartCodes(ReadOnlySpan<RowChunk> chunks, bool used)
    {
        _codes = ArrayPool<ChunkCodes?>.Shared.Rent(chunks.Length);
        _capacity = chunks.Length == 0 ? 0 : chunks[0].Capacity;
        for (int i = 0; i < chunks.Length; i++)
        {
            _codes[i] = used ? chunks[i].Codes : null;
        }
    }

    public ChunkCodes? this[int chunk] => _codes[chunk];

    /// <summary>Where a chunk's bounds begin.</summary>
    public int Offset(int chunk) => chunk * _capacity;

    public void Dispose() => ArrayPool<ChunkCodes?>.Shared.Return(_codes, clearArray: true);
}
