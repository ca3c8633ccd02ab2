namespace OrleansGallery.Retrieval;

/// <summary>
/// The search rows of one partition, and per facet those of its identities without that facet's images, so that a
/// search that leaves a facet out is as exact as any other. All changes of one sequence number become visible at once,
/// in all of them. Thread-safe as <see cref="CentroidTable"/> is.
/// </summary>
/// <remarks>
/// <para>Why rows: a bound on how far a left-out facet can move a centroid (the angle between the two is known) is
/// cheap in memory, but where an identity has two or three cameras that is 20 degrees and more: nearly every row would
/// pass, and would have to be summed anew from sums that are not in memory. A row of its own has the same tight bounds
/// as any other. A search that leaves a facet out scans the whole rows, skips those that have the facet after the first
/// stage, and scans the rows that stand for them: with a share s of identities that have the facet and others, it reads
/// 1 + s times as many rows.</para>
/// <para>Memory: a row per identity and facet, only where the identity has other facets as well; galleries without
/// facets, or with one per identity, pay nothing. More than <see cref="MaxFacets"/> facets in a partition are no
/// conditions but names: then none of these rows is kept, and searches that leave a facet out are refused.</para>
/// </remarks>
public sealed class FacetedTable
{
    /// <summary>The most facets of a partition that can be left out.</summary>
    public const int MaxFacets = 64;

    // A partition may have many of these tables, and each at least one chunk.
    private const int ChunkRows = 64;

    private readonly Lock _writing = new();
    private Dictionary<string, CentroidTable>? _without = new(StringComparer.Ordinal);
    private RowCoding? _coding;
    private FacetedVersion _current;

    /// <summary>An empty table at sequence 0.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is outside
    /// <see cref="EmbeddingLimits"/>.</exception>
    public FacetedTable(int dimension)
    {
        Whole = new(dimension);
        _current = new(Whole.Current, new Dictionary<string, TableVersion>());
    }

    /// <summary>The identities as they are.</summary>
    public CentroidTable Whole { get; }

    /// <summary>The gallery's dimension.</summary>
    public int Dimension => Whole.Dimension;

    /// <summary>The number of identities that can be found.</summary>
    public int Count => Whole.Count;

    /// <summary>The sequence number of the last change.</summary>
    public long Sequence => Whole.Sequence;

    /// <summary>What the tables take in memory, without the ids' text.</summary>
    public long MemoryBytes => Tables.Sum(table => table.MemoryBytes);

    /// <summary>The rows of identities without one of their facets.</summary>
    public long FacetRows => Tables.Skip(1).Sum(table => (long)table.Count);

    private IReadOnlyList<CentroidTable> Tables
    {
        get
        {
            lock (_writing)
            {
                return [Whole, .. _without?.Values ?? Enumerable.Empty<CentroidTable>()];
            }
        }
    }

    /// <summary>Makes all changes of one sequence number visible at once.</summary>
    /// <param name="sequence">A later one than <see cref="Sequence"/>.</param>
    /// <param name="changes">The rows to put in or take out; of two for one identity the last counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sequence number is not later.</exception>
    /// <exception cref="ArgumentException">A change is none; nothing was changed.</exception>
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
            AddFacets(changes);
            CentroidTable[] staged = [Whole, .. StageWithout(sequence, changes)];
            Whole.Stage(sequence, changes);
            Show(staged);
            CentroidTable[] compacted = Array.FindAll(staged, table => table.TryCompact(sequence));
            if (compacted.Length > 0)
            {
                Show(compacted);
                Array.ForEach(compacted, table => table.Reclaim());
            }
        }
    }

    /// <summary>Begins to replace all rows by others.</summary>
    /// <returns>The load.</returns>
    public FacetedLoad BeginLoad() => new(this);

    /// <summary>The rows as of now for a search that leaves a facet out. Never waits.</summary>
    /// <param name="facet">The facet; empty: the images without one.</param>
    /// <returns>The rows; null: there are more than <see cref="MaxFacets"/> facets.</returns>
    public FacetSnapshot? SnapshotWithout(string facet)
    {
        ArgumentNullException.ThrowIfNull(facet);
        while (true)
        {
            // Fails only where a compaction made this version the last but one since the line below.
            FacetedVersion version = Volatile.Read(ref _current);
            if (version.Without is null)
            {
                return null;
            }

            TableVersion? without = version.Without.GetValueOrDefault(facet);
            if (!version.Whole.Era.TryHold())
            {
                continue;
            }

            if (without?.Era.TryHold() != false)
            {
                return new(new(Dimension, version.Whole), without is null ? null : new(Dimension, without));
            }

            version.Whole.Era.Release();
        }
    }

    /// <summary>Has rows coded from now on, as <see cref="CentroidTable.UseCoding"/>.</summary>
    /// <param name="coding">The coding; null for none.</param>
    /// <exception cref="ArgumentException">It is of another dimension.</exception>
    public void UseCoding(RowCoding? coding)
    {
        lock (_writing)
        {
            _coding = coding;
        }

        foreach (CentroidTable table in Tables)
        {
            table.UseCoding(coding);
        }
    }

    /// <summary>Codes one chunk that is not yet as <see cref="UseCoding"/> said. For one thread at a time.</summary>
    /// <returns>False where there is none left.</returns>
    public bool CodeNext() => Tables.Any(table => table.CodeNext());

    /// <summary>What the basis leaves of the identities' rows.</summary>
    /// <returns>The mean, 0 to 1, and how many rows it is over.</returns>
    public (double Mean, long Rows) MeasureResidual() => Whole.MeasureResidual();

    /// <summary>A table for the rows without a facet.</summary>
    internal CentroidTable CreateWithout()
    {
        CentroidTable table = new(Dimension, ChunkRows);
        table.UseCoding(_coding);
        return table;
    }

    /// <summary>Puts a load's tables in the place of these.</summary>
    /// <param name="without">Those of the facets; null: there are too many.</param>
    /// <param name="publish">Makes the loaded rows the tables'.</param>
    internal void Replace(Dictionary<string, CentroidTable>? without, Action publish)
    {
        lock (_writing)
        {
            publish();
            _without = without;
            _current = new(Whole.Current, without?.ToDictionary(
                table => table.Key, table => table.Value.Current, StringComparer.Ordinal));
        }
    }

    /// <summary>What becomes of an identity's row without a facet.</summary>
    internal static RowChange Without(in RowChange change, string facet)
    {
        foreach (FacetRow row in change.Facets ?? [])
        {
            if (row.Facet == facet)
            {
                return new(change.IdentityId, row.Count, row.Centroid) { Attributes = change.Attributes };
            }
        }

        return new(change.IdentityId, 0, null);
    }

    private void AddFacets(IReadOnlyList<RowChange> changes)
    {
        foreach (FacetRow row in changes.SelectMany(change => change.Facets ?? []))
        {
            if (row.Centroid is not null && _without?.ContainsKey(row.Facet) == false)
            {
                if (_without.Count == MaxFacets)
                {
                    _without = null;
                    return;
                }

                _without[row.Facet] = CreateWithout();
            }
        }
    }

    private List<CentroidTable> StageWithout(long sequence, IReadOnlyList<RowChange> changes)
    {
        List<CentroidTable> staged = [];

        // A row that an earlier change put in must not outlive a later one of the same identity.
        RowChange[] last = [.. changes.Reverse().DistinctBy(change => change.IdentityId, StringComparer.Ordinal)];
        foreach ((string facet, CentroidTable table) in _without ?? [])
        {
            RowChange[] rows =
            [
                .. last.Select(change => Without(change, facet))
                    .Where(change => change.Centroid is not null || table.Contains(change.IdentityId)),
            ];
            if (rows.Length > 0)
            {
                table.Stage(sequence, rows);
                staged.Add(table);
            }
        }

        return staged;
    }

    private void Show(CentroidTable[] tables)
    {
        Array.ForEach(tables, table => table.Show());
        bool isOnlyWhole = tables is [var only] && only == Whole && _without is not null;
        IReadOnlyDictionary<string, TableVersion>? without = isOnlyWhole
            ? _current.Without
            : _without?.ToDictionary(table => table.Key, table => table.Value.Current, StringComparer.Ordinal);
        Volatile.Write(ref _current, new(Whole.Current, without));
    }
}
