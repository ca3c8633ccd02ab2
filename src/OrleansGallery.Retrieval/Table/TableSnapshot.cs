namespace OrleansGallery.Retrieval;

/// <summary>
/// The rows of a table as of one sequence number, whatever is changed meanwhile. Cheap to take; while it is held, so is
/// the memory of its rows, which disposing lets go of. Can be read by several threads.
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
    /// <see cref="TableScanner"/>. Their memory may be written again once the snapshot is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The snapshot was disposed.</exception>
    public IEnumerable<SnapshotRow> Rows
    {
        get
        {
            _ = Version;
            return Enumerate(this);
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
    public void Dispose() => Interlocked.Exchange(ref _version, null)?.Era.Release();

    /// <summary>Another snapshot of the same rows, which lives on when this one is disposed.</summary>
    internal TableSnapshot Share()
    {
        TableVersion version = Version;
        ObjectDisposedException.ThrowIf(!version.Era.TryHold(), this);
        return new(Dimension, version);
    }

    private static IEnumerable<SnapshotRow> Enumerate(TableSnapshot snapshot)
    {
        using TableSnapshot held = snapshot.Share();
        TableVersion version = held.Version;
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
