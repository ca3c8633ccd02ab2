using System.Runtime.InteropServices;

namespace OrleansGallery.Retrieval;

/// <summary>
/// A block of row slots: float32 rows one after the other, each aligned to 64 bytes, with what else is kept per slot in
/// arrays beside them. A slot is written once as long as anybody may read it; <see cref="CentroidTable"/> tells why.
/// </summary>
internal sealed class RowChunk
{
    /// <summary>The stamp of what has not happened yet: the birth of an unused slot, the death of a living
    /// row.</summary>
    public const long Never = long.MaxValue;

    private const int Alignment = 64;

    // Large enough that a chunk's fixed costs vanish beside its scan, small enough to share one scan among cores and to
    // keep sixty-four nearly empty partitions cheap.
    private const int TargetBytes = 512 << 10;
    private const int MinCapacity = 32;
    private const int MaxCapacity = 1024;

    private readonly float[] _rows;
    private readonly int _start;
    private readonly int _stride;
    private readonly int _dimension;

    public RowChunk(int dimension)
    {
        const int FloatsPerLine = Alignment / sizeof(float);
        _dimension = dimension;
        _stride = (dimension + FloatsPerLine - 1) / FloatsPerLine * FloatsPerLine;
        int fitting = TargetBytes / (_stride * sizeof(float)) / MinCapacity * MinCapacity;
        Capacity = Math.Clamp(fitting, MinCapacity, MaxCapacity);

        // Pinned, so that the alignment found now stays.
        _rows = GC.AllocateUninitializedArray<float>((Capacity * _stride) + FloatsPerLine, pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_rows, 0);
        _start = (int)(-address & (Alignment - 1)) / sizeof(float);
        Ids = new string[Capacity];
        Counts = new long[Capacity];
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

    /// <summary>The identity of each slot.</summary>
    public string[] Ids { get; }

    /// <summary>The number of images of each slot.</summary>
    public long[] Counts { get; }

    /// <summary>The stamp from which each slot's row is visible.</summary>
    public long[] Born { get; }

    /// <summary>The stamp from which it no longer is.</summary>
    public long[] Died { get; }

    /// <summary>What the chunk takes in memory, without the ids' text.</summary>
    public long MemoryBytes => ((long)_rows.Length * sizeof(float)) + (Capacity * (nint.Size + (3L * sizeof(long))));

    public ReadOnlyMemory<float> RowMemory(int slot) => _rows.AsMemory(_start + (slot * _stride), _dimension);

    public ReadOnlySpan<float> Row(int slot) => _rows.AsSpan(_start + (slot * _stride), _dimension);

    public bool IsVisible(int slot, long stamp) => Born[slot] <= stamp && stamp < Died[slot];

    /// <summary>Writes the next slot, for the one writer; a reader sees it once a version with the stamp is
    /// out.</summary>
    public int Append(string identityId, long count, ReadOnlySpan<float> centroid, long stamp)
    {
        int slot = Used;
        centroid.CopyTo(_rows.AsSpan(_start + (slot * _stride), _dimension));
        Ids[slot] = identityId;
        Counts[slot] = count;
        Born[slot] = stamp;
        Used = slot + 1;
        return slot;
    }

    /// <summary>Empties all slots; no reader may hold the chunk.</summary>
    public void Reset()
    {
        Array.Clear(Ids);
        Array.Fill(Born, Never);
        Array.Fill(Died, Never);
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
