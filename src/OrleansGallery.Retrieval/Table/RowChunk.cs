namespace OrleansGallery.Retrieval;

/// <summary>
/// A block of row slots: float32 rows one after the other, each aligned to 64 bytes, with what else is kept per slot in
/// arrays beside them. A slot is written once as long as anybody may read it; <see cref="CentroidTable"/> tells why.
/// </summary>
internal sealed class RowChunk
{
    /// <summary>The most slots of a chunk.</summary>
    public const int MaxCapacity = 1024;

    /// <summary>The stamp of what has not happened yet: the birth of an unused slot, the death of a living
    /// row.</summary>
    public const long Never = long.MaxValue;

    // Large enough that a chunk's fixed costs vanish beside its scan, small enough to share one scan among cores and to
    // keep sixty-four nearly empty partitions cheap.
    private const int TargetBytes = 512 << 10;
    private const int MinCapacity = ChunkCodes.BlockRows;

    private readonly AlignedArray<float> _rows;
    private readonly int _stride;
    private readonly int _dimension;
    private ChunkCodes? _codes;
    private ChunkAttributes? _attributes;

    /// <param name="dimension">Components of a row.</param>
    /// <param name="maxRows">The most slots, a multiple of 32.</param>
    public RowChunk(int dimension, int maxRows)
    {
        const int FloatsPerLine = AlignedArray<float>.Alignment / sizeof(float);
        _dimension = dimension;
        _stride = (dimension + FloatsPerLine - 1) / FloatsPerLine * FloatsPerLine;
        int fitting = TargetBytes / (_stride * sizeof(float)) / MinCapacity * MinCapacity;
        Capacity = Math.Clamp(fitting, MinCapacity, maxRows);
        _rows = new(Capacity * _stride);
        Ids = new string[Capacity];
        Counts = new int[Capacity];
        Facets = new string[]?[Capacity];
        Born = new long[Capacity];
        Died = new long[Capacity];
        Reset();
    }

    /// <summary>The number of slots, a multiple of 32.</summary>
    public int Capacity { get; }

    /// <summary>The slots written so far.</summary>
    public int Used { get; private set; }

    /// <summary>The rows that have died; the writer's own count.</summary>
    public int Dead { get; private set; }

    public bool IsFull => Used == Capacity;

    /// <summary>False once a reader may hold it whom nobody waits for.</summary>
    public bool CanBeReused { get; set; } = true;

    /// <summary>The chunk's number in its store.</summary>
    public int Number { get; set; }

    /// <summary>
    /// The codes of every slot that a version read before shows; null where rows are not coded yet. Codes of another
    /// coding take their place as a whole.
    /// </summary>
    public ChunkCodes? Codes
    {
        get => Volatile.Read(ref _codes);
        set => Volatile.Write(ref _codes, value);
    }

    /// <summary>The identity of each slot.</summary>
    public string[] Ids { get; }

    /// <summary>The number of images of each slot.</summary>
    public int[] Counts { get; }

    /// <summary>The facets of each slot's identity; null where they are not known, or are left out already.</summary>
    public string[]?[] Facets { get; }

    /// <summary>The attributes of the slots' identities; null: none has any.</summary>
    public ChunkAttributes? Attributes => Volatile.Read(ref _attributes);

    /// <summary>The stamp from which each slot's row is visible.</summary>
    public long[] Born { get; }

    /// <summary>The stamp from which it no longer is.</summary>
    public long[] Died { get; }

    /// <summary>What the chunk takes in memory, without the ids' text.</summary>
    public long MemoryBytes => _rows.MemoryBytes + (Codes?.MemoryBytes ?? 0) + (Attributes?.MemoryBytes ?? 0)
        + (Capacity * ((2 * nint.Size) + sizeof(int) + (2L * sizeof(long))));

    public ReadOnlyMemory<float> RowMemory(int slot) => _rows.Memory(slot * _stride, _dimension);

    public ReadOnlySpan<float> Row(int slot) => _rows.Span(slot * _stride, _dimension);

    public bool IsVisible(int slot, long stamp) => Born[slot] <= stamp && stamp < Died[slot];

    /// <summary>Whether the identity of a slot has images of a facet.</summary>
    public bool HasFacet(int slot, string facet)
    {
        foreach (string one in Facets[slot] ?? [])
        {
            if (one == facet)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the next slot, for the one writer; a reader sees it once a version with the stamp is
    /// out.</summary>
    public int Append(
        string identityId, int count, ReadOnlySpan<float> centroid, string[]? facets, AttributeSet? attributes,
        long stamp)
    {
        int slot = Used;
        centroid.CopyTo(_rows.Span(slot * _stride, _dimension));
        Ids[slot] = identityId;
        Counts[slot] = count;
        Facets[slot] = facets;
        if (attributes is not null)
        {
            if (_attributes is null)
            {
                Volatile.Write(ref _attributes, new(Capacity));
            }

            _attributes!.Add(slot, attributes);
        }

        Born[slot] = stamp;
        Used = slot + 1;
        return slot;
    }

    /// <summary>Gives an empty chunk room for codes, or takes it away.</summary>
    public void Prepare(RowCoding? coding)
    {
        if (Codes?.Coding != coding)
        {
            Codes = coding is null ? null : new ChunkCodes(coding, Capacity);
        }
    }

    /// <summary>Empties all slots; no reader may hold the chunk.</summary>
    public void Reset()
    {
        Array.Clear(Ids);
        Array.Clear(Facets);
        Array.Fill(Born, Never);
        Array.Fill(Died, Never);
        Codes?.Reset();
        _attributes = null;
        Used = 0;
        Dead = 0;
    }

    /// <summary>Ends a row, for the one writer.</summary>
    public void Kill(int slot, long stamp)
    {
        Died[slot] = stamp;
        Dead++;
    }
}
