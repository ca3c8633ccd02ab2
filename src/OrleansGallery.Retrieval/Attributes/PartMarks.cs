namespace OrleansGallery.Retrieval;

/// <summary>Which slots of a part's chunks a query may match, by attributes.</summary>
/// <param name="words">The chunks' marks, one chunk after the other; empty: all may be matched.</param>
/// <param name="perChunk">Words of a chunk.</param>
/// <param name="firstChunk">The first chunk's number in the table.</param>
internal readonly ref struct PartMarks(Span<ulong> words, int perChunk, int firstChunk)
{
    private readonly Span<ulong> _words = words;

    /// <summary>A chunk's marks; empty: all.</summary>
    /// <param name="number">The chunk's number in the table.</param>
    public Span<ulong> Of(int number) =>
        _words.IsEmpty ? default : _words.Slice((number - firstChunk) * perChunk, perChunk);
}
