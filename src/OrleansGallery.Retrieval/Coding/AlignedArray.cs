using System.Runtime.InteropServices;

namespace OrleansGallery.Retrieval;

/// <summary>A pinned array whose first element lies at a cache line's beginning.</summary>
/// <typeparam name="T">The elements.</typeparam>
internal readonly struct AlignedArray<T>
    where T : unmanaged
{
    /// <summary>Bytes of a cache line, and of the widest vectors.</summary>
    public const int Alignment = 64;

    private readonly T[] _elements;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Allocates; the elements are zero.</summary>
    /// <param name="length">How many.</param>
    public AlignedArray(int length)
    {
        int size = Marshal.SizeOf<T>();
        _length = length;

        // Pinned, so that the alignment found now stays.
        _elements = GC.AllocateArray<T>(length + (Alignment / size), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_elements, 0);
        _start = (int)(-address & (Alignment - 1)) / size;
    }

    public long MemoryBytes => (long)_elements.Length * Marshal.SizeOf<T>();

    public Span<T> Span(int start, int length) => _elements.AsSpan(_start, _length).Slice(start, length);

    public Memory<T> Memory(int start, int length) => _elements.AsMemory(_start, _length).Slice(start, length);
}
