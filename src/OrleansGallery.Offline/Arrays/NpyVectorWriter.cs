using System.Runtime.InteropServices;

namespace OrleansGallery.Offline;

/// <summary>Writes an array of one vector per row, of which it is not known how many there will be.</summary>
public sealed class NpyVectorWriter
{
    private readonly Stream _stream;
    private readonly int _dimension;
    private readonly int _headerLength;
    private int _count;

    /// <summary>Begins the array.</summary>
    /// <param name="stream">The file, empty; it can seek.</param>
    /// <param name="dimension">Numbers per row.</param>
    public NpyVectorWriter(Stream stream, int dimension)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (_stream, _dimension) = (stream, dimension);
        // The longest that it can become: its length must be the same in the end.
        byte[] header = HeaderOf(int.MaxValue);
        _headerLength = header.Length;
        stream.Write(header);
    }

    /// <summary>Writes a row.</summary>
    /// <param name="vector">As many numbers as the dimension.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Add(ReadOnlySpan<float> vector)
    {
        if (vector.Length != _dimension)
        {
            throw new ArgumentException($"A row of {vector.Length} numbers is none of {_dimension}.", nameof(vector));
        }

        _stream.Write(MemoryMarshal.AsBytes(vector));
        _count = checked(_count + 1);
    }

    /// <summary>Writes how many rows there are.</summary>
    public void Complete()
    {
        byte[] header = HeaderOf(_count);
        if (header.Length != _headerLength)
        {
            throw new InvalidOperationException(
                $"The header has {header.Length} bytes where {_headerLength} are left for it.");
        }

        _stream.Position = 0;
        _stream.Write(header);
    }

    private byte[] HeaderOf(int count) => new NpyHeader { Type = "<f4", Shape = [count, _dimension] }.ToBytes();
}
