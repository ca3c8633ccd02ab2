namespace OrleansGallery.Retrieval;

/// <summary>
/// A bit per row of one snapshot: whether the row can be a match. Answers stay exact over the rows that can.
/// </summary>
public sealed class RowFilter
{
    private readonly TableVersion _version;
    private readonly ulong[][] _bits;

    private RowFilter(TableVersion version, ulong[][] bits, int count) =>
        (_version, _bits, Count) = (version, bits, count);

    /// <summary>The number of rows that can be matches.</summary>
    public int Count { get; }

    /// <summary>Asks a predicate about every row of a snapshot.</summary>
    /// <param name="snapshot">The snapshot; the filter is good for scans of this very one.</param>
    /// <param name="predicate">Whether a row can be a match.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ObjectDisposedException">The snapshot was disposed.</exception>
    public static RowFilter Create(TableSnapshot snapshot, Func<SnapshotRow, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(predicate);
        using TableSnapshot held = snapshot.Share();
        TableVersion version = held.Version;
        ulong[][] bits = new ulong[version.ChunkCount][];
        int count = 0;
        for (int i = 0; i < bits.Length; i++)
        {
            RowChunk chunk = version.Chunks[i];
            bits[i] = new ulong[(chunk.Capacity + 63) / 64];
            for (int slot = 0; slot < chunk.Used; slot++)
            {
                if (chunk.IsVisible(slot, version.Stamp)
                    && predicate(new(chunk.Ids[slot], chunk.Counts[slot], chunk.RowMemory(slot))))
                {
                    bits[i][slot / 64] |= 1UL << (slot % 64);
                    count++;
                }
            }
        }

        return new(version, bits, count);
    }

    internal bool IsOf(TableVersion version) => ReferenceEquals(_version, version);

    internal bool Lets(int chunk, int slot) => (_bits[chunk][slot / 64] >> (slot % 64) & 1) != 0;
}
