namespace OrleansGallery.Retrieval;

/// <summary>
/// The rows of a table as of one sequence number, whatever is changed meanwhile. Cheap to take; while it is held, so is
/// the memory of its rows. Can be read by several threads; disposing lets go of the memory.
/// </summary>
public sealed class TableSnapshot : IDisposable
{
    private TableVersion? _version;

    internal TableSnapshot(int dimension, TableVersion version)
    {
        Dimension = dimension;
        Sequence = version.Sequence;
        Count = version.RowCount;
        _version = version;
    }

    /// <summary>The number of components of a row.</summary>
    public int Dimension { get; }

    /// <summary>The sequence number whose rows these are.</summary>
    public long Sequence { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The rows, in no particular order: for checks and exports; searches go through
    /// <see cref="TableScanner"/>.</summary>
    /// <exception cref="ObjectDisposedException">The snapshot was disposed.</exception>
    public IEnumerable<SnapshotRow> Rows
    {
        get
        {
            TableVersion version = Version;
            return Enumerate(version);
        }
    }

    internal TableVersion Version
    {
        get
        {
            TableVersion? version = Volatile.Read(ref _version);
            ObjectDisposedException.ThrowIf(version is null, this);
            return version;
        }
    }

    /// <summary>Lets go of the rows. A scan that has begun on them ends undisturbed.</summary>
    public void Dispose() => Volatile.Write(ref _version, null);

    private static IEnumerable<SnapshotRow> Enumerate(TableVersion version)
    {
        for (int i = 0; i < version.ChunkCount; i++)
        {
            RowChunk chunk = version.Chunks[i];
            for (int slot = 0; slot < chunk.Used; slot++)
            {
                if (chunk.IsVisible(slot, version.Stamp))
                {
                    yield return new(chunk.Ids[slot], chunk.Counts[slot], chunk.RowMemory(slot));
                }
            }
        }
    }
}
