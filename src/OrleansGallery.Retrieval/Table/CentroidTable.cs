namespace OrleansGallery.Retrieval;

/// <summary>
/// The search rows of one partition: per searchable identity its centroid as a unit vector. All changes of one sequence
/// number become visible at once; a snapshot sees the rows of exactly one. Thread-safe: readers take no lock, writers
/// wait for each other and never for readers.
/// </summary>
/// <remarks>
/// The scheme: rows are only ever appended, and each slot notes the version (stamp) in which its row was born and the
/// one in which it died. An upsert appends a row and ends the old one; then a new immutable version (chunk list, stamp,
/// sequence) is published by one reference write. A snapshot is such a version: it shows a slot if born &lt;= stamp
/// &lt; died, so whatever happens later carries a later stamp and is invisible to it. "Move the last row into the gap"
/// would hide rows from a scan that has passed the gap; here nothing ever moves within a chunk. A chunk with too many
/// dead rows is compacted: its living rows are appended again, born in the next version, and that version leaves the
/// chunk out. Older versions still show it, untouched. Reclamation is by epochs: a snapshot holds the era (the time
/// between two compactions) of its version, and a chunk is written again only when no snapshot of the eras that knew it
/// is left. Below that the garbage collector is the safety net: rows lie in its arrays, so a forgotten snapshot costs
/// memory and never correctness.
/// </remarks>
public sealed class CentroidTable
{
    private readonly Lock _writing = new();
    private RowStore _rows;
    private TableVersion _current;

    /// <summary>An empty table at sequence 0.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is outside
    /// <see cref="EmbeddingLimits"/>.</exception>
    public CentroidTable(int dimension)
    {
        EmbeddingLimits.ValidateDimension(dimension);
        Dimension = dimension;
        _rows = new(dimension);
        _current = _rows.Publish(0);
    }

    /// <summary>The gallery's dimension.</summary>
    public int Dimension { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Current.RowCount;

    /// <summary>The sequence number of the last change.</summary>
    public long Sequence => Current.Sequence;

    /// <summary>What the table takes in memory, without the ids' text and without rows that only snapshots hold.
    /// Waits for a writer.</summary>
    public long MemoryBytes
    {
        get
        {
            lock (_writing)
            {
                return _rows.MemoryBytes;
            }
        }
    }

    private TableVersion Current => Volatile.Read(ref _current);

    /// <summary>Makes all changes of one sequence number visible at once.</summary>
    /// <param name="sequence">A later one than <see cref="Sequence"/>.</param>
    /// <param name="changes">The rows to put in or take out; of two for one identity the last counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sequence number is not later.</exception>
    /// <exception cref="ArgumentException">A change is none (no id, no image, no unit vector of the table's dimension);
    /// nothing was changed.</exception>
    public void Apply(long sequence, IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        int upserts = 0;
        foreach (RowChange change in changes)
        {
            change.Check(Dimension);
            upserts += change.Centroid is null ? 0 : 1;
        }

        lock (_writing)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sequence, Sequence);
            _rows.Reserve(upserts);
            foreach (RowChange change in changes)
            {
                Change(_rows, change);
            }

            Volatile.Write(ref _current, _rows.Publish(sequence));
            if (_rows.HasSparse)
            {
                _rows.Compact();
                Volatile.Write(ref _current, _rows.Publish(sequence));
                _rows.Reclaim();
            }
        }
    }

    /// <summary>Replaces all rows by those of a partition as it was stored. They are read without a lock and become
    /// visible at once; if reading them throws, the table stays as it was.</summary>
    /// <param name="sequence">The sequence number they are of; not an earlier one than <see cref="Sequence"/>.</param>
    /// <param name="rows">The rows; an array may be filled again once the next row is asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has moved past the sequence number.</exception>
    /// <exception cref="ArgumentException">A row is none, as of <see cref="Apply"/>.</exception>
    public void Load(long sequence, IEnumerable<RowChange> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TableLoad load = BeginLoad();
        foreach (RowChange row in rows)
        {
            load.Put(row);
        }

        load.Publish(sequence);
    }

    /// <summary>Begins to replace all rows by others, which come one by one and are seen by nobody before they are
    /// published. One that is given up leaves the table as it was.</summary>
    /// <returns>The load.</returns>
    public TableLoad BeginLoad() => new(this, new RowStore(Dimension));

    /// <summary>The rows as of now, for as long as they are needed. Never waits.</summary>
    public TableSnapshot Snapshot()
    {
        while (true)
        {
            // Fails only where a compaction made this version the last but one since the line above.
            TableVersion version = Current;
            if (version.Era.TryHold())
            {
                return new(Dimension, version);
            }
        }
    }

    /// <summary>
    /// Has rows coded from now on: new chunks at once, those there are one by one in <see cref="CodeNext"/>. Searches
    /// give the same answers meanwhile.
    /// </summary>
    /// <param name="coding">The coding; null for none.</param>
    /// <exception cref="ArgumentException">It is of another dimension.</exception>
    public void UseCoding(RowCoding? coding)
    {
        if (coding is not null && coding.Dimension != Dimension)
        {
            throw new ArgumentException($"The coding has {coding.Dimension} dimensions; the table has {Dimension}.");
        }

        lock (_writing)
        {
            _rows.Coding = coding;
        }
    }

    /// <summary>Codes one chunk that is not yet as <see cref="UseCoding"/> said. For one thread at a time; others may
    /// read and write meanwhile.</summary>
    /// <returns>False where there is none left.</returns>
    public bool CodeNext()
    {
        RowCoding? coding;
        lock (_writing)
        {
            coding = _rows.Coding;
        }

        // The snapshot keeps the chunk from being emptied for reuse.
        using TableSnapshot snapshot = Snapshot();
        RowChunk? chunk = FirstWithout(snapshot.Version, coding);
        if (chunk is null)
        {
            return false;
        }

        ChunkCodes? codes = coding is null ? null : CodesOf(chunk, coding, UsedIn(chunk));
        lock (_writing)
        {
            if (_rows.Coding == coding)
            {
                Put(_rows, chunk, codes);
            }
        }

        return true;
    }

    /// <summary>What the basis leaves of the rows: the mean squared residual over the snapshot's coded rows.</summary>
    /// <returns>The mean, 0 to 1, and how many rows it is over.</returns>
    public (double Mean, long Rows) MeasureResidual()
    {
        using TableSnapshot snapshot = Snapshot();
        (double sum, long rows) = (0, 0);
        foreach (RowChunk chunk in snapshot.Version.Chunks)
        {
            if (chunk.Codes is { Coding.Rank: > 0 } codes)
            {
                int used = chunk.Used;
                for (int slot = 0; slot < used; slot++)
                {
                    if (chunk.IsVisible(slot, snapshot.Version.Stamp))
                    {
                        sum += (double)codes.Residuals[slot] * codes.Residuals[slot];
                        rows++;
                    }
                }
            }
        }

        return (rows == 0 ? 0 : sum / rows, rows);
    }

    private static RowChunk? FirstWithout(TableVersion version, RowCoding? coding)
    {
        foreach (RowChunk chunk in version.Chunks)
        {
            if (chunk.Codes?.Coding != coding)
            {
                return chunk;
            }
        }

        return null;
    }

    private int UsedIn(RowChunk chunk)
    {
        lock (_writing)
        {
            return chunk.Used;
        }
    }

    // The rows that are there already, without the writers' lock.
    private static ChunkCodes CodesOf(RowChunk chunk, RowCoding coding, int used)
    {
        ChunkCodes codes = new(coding, chunk.Capacity);
        RowEncoder encoder = new(coding);
        for (int slot = 0; slot < used; slot++)
        {
            encoder.Encode(chunk.Row(slot), codes, slot);
        }

        return codes;
    }

    private static void Put(RowStore rows, RowChunk chunk, ChunkCodes? codes)
    {
        if (codes is null)
        {
            chunk.Codes = null;
        }
        else
        {
            rows.Finish(chunk, codes);
        }
    }

    /// <summary>Puts a load's rows in the place of the table's.</summary>
    internal void Replace(RowStore loaded, long sequence)
    {
        if (loaded.HasSparse)
        {
            loaded.Compact();
        }

        lock (_writing)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sequence, Sequence);
            RowCoding? coding = _rows.Coding;
            _rows = loaded;
            Volatile.Write(ref _current, loaded.Publish(sequence));
            loaded.Coding = coding;
            loaded.Reclaim();
        }
    }

    /// <summary>Makes one change in a store.</summary>
    internal static void Change(RowStore rows, in RowChange change)
    {
        if (change.Centroid is null)
        {
            rows.Remove(change.IdentityId);
        }
        else
        {
            rows.Upsert(change.IdentityId, checked((int)change.Count), change.Centroid);
        }
    }
}
