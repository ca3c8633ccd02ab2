namespace OrleansGallery.Retrieval;

/// <summary>
/// The time between two compactions, counted by who still reads a version of it. Once nobody does, and nobody reads an
/// earlier era, the chunks that the compaction at its end retired can be written again.
/// </summary>
internal sealed class TableEra
{
    // The first is the table's own, until the era ends. Zero is final.
    private int _holders = 1;

    /// <summary>The chunks that the compaction at the end of the era left out.</summary>
    public RowChunk[] Retired { get; set; } = [];

    public bool IsFree => Volatile.Read(ref _holders) == 0;

    /// <summary>Keeps the era's chunks from being written again.</summary>
    /// <returns>False where that has become possible already.</returns>
    public bool TryHold()
    {
        for (int holders = Volatile.Read(ref _holders); holders > 0;)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    public void Release() => Interlocked.Decrement(ref _holders);
}
