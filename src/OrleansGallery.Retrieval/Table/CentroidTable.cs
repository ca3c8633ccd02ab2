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
public sealed partial class CentroidTable
{
    private readonly Lock _writing = new();
    private readonly int _chunkRows;
    private RowStore _rows;
    private TableVersion _current;
    private TableVersion _staged;

    /// <summary>An empty table at sequence 0.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is outside
    /// <see cref="EmbeddingLimits"/>.</exception>
    public CentroidTable(int dimension)
        : this(dimension, RowChunk.MaxCapacity)
    {
    }

    /// <summary>An empty table in chunks of another size.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="chunkRows">The most rows of a chunk, a multiple of 32.</param>
    internal CentroidTable(int dimension, int chunkRows)
    {
        EmbeddingLimits.ValidateDimension(dimension);
        (Dimension, _chunkRows) = (dimension, chunkRows);
        _rows = new(dimension, chunkRows);
        _staged = _current = _rows.Publish(0);
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

    /// <summary>What a snapshot taken now shows.</summary>
    internal TableVersion Current => Volatile.Read(ref _current);

    /// <summary>Makes all changes of one sequence number visible at once.</summary>
    /// <param name="sequence">A later one than <see cref="Sequence"/>.</param>
    /// <param name="changes">The rows to put in or take out; of two for one identity the last counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sequence number is not later.</exception>
    /// <exception cref="ArgumentException">A change is none (no id, no image, no unit vector of the table's dimension);
    /// nothing was changed.</exception>
    public void Apply(long sequence, IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (RowChange change in changes)
        {
            change.Check(Dimension);
        }

        lock (_writing)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(sequence, Sequence);
            Stage(sequence, changes);
            Show();
            if (TryCompact(sequence))
            {
                Show();
                Reclaim();
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
    public TableLoad BeginLoad()
    {
        lock (_writing)
        {
            return new(this, new RowStore(Dimension, _chunkRows) { Coding = _rows.Coding });
        }
    }

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

    /// <summary>The attributes of an identity's row. Waits for a writer.</summary>
    /// <param name="identityId">The identity.</param>
    /// <returns>Its attributes; null: it has none, or no row.</returns>
    public AttributeSet? AttributesOf(string identityId)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        lock (_writing)
        {
            return _rows.AttributesOf(identityId);
        }
    }

    /// <summary>The score of an identity's row, as a search computes it. Waits for a writer.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="query">A unit vector of the table's dimension.</param>
    /// <returns>The score; null: it has no row.</returns>
    public double? ScoreOf(string identityId, ReadOnlySpan<float> query)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        lock (_writing)
        {
            return _rows.ScoreOf(identityId, query);
        }
    }

    /// <summary>Whether an identity has a row, staged changes included.</summary>
    internal bool Contains(string identityId)
    {
        lock (_writing)
        {
            return _rows.Contains(identityId);
        }
    }

    /// <summary>Makes changes that have been checked, for one writer; nobody sees them before <see cref="Show"/>.
    /// </summary>
    internal void Stage(long sequence, IReadOnlyList<RowChange> changes)
    {
        lock (_writing)
        {
            _rows.Reserve(changes.Count(change => change.Centroid is not null));
            foreach (RowChange change in changes)
            {
                Change(_rows, change);
            }

            _staged = _rows.Publish(sequence);
        }
    }

    /// <summary>Lets snapshots see what is staged.</summary>
    internal void Show() => Volatile.Write(ref _current, _staged);

    /// <summary>Stages the same rows without the chunks that have too many dead ones.</summary>
    /// <returns>False: there are none. True: <see cref="Reclaim"/> is due once nobody is shown the version before.
    /// </returns>
    internal bool TryCompact(long sequence)
    {
        lock (_writing)
        {
            if (!_rows.HasSparse)
            {
                return false;
            }

            _rows.Compact();
            _staged = _rows.Publish(sequence);
            return true;
        }
    }

    /// <summary>Takes back chunks of versions that nobody reads.</summary>
    internal void Reclaim()
    {
        lock (_writing)
        {
            _rows.Reclaim();
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
            _staged = loaded.Publish(sequence);
            Show();
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
            rows.Upsert(change);
        }
    }
}
