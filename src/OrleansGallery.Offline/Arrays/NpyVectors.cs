using System.Runtime.InteropServices;

namespace OrleansGallery.Offline;

/// <summary>An array of one vector per row, read row by row: the file may be larger than memory.</summary>
public sealed class NpyVectors : IDisposable
{
    private readonly FileStream _stream;
    private readonly byte[] _row;
    private readonly bool _isWide;
    private long _read;

    /// <summary>Opens a file of float32, or of float64, which is rounded.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NpyException">It is no such file, or not as long as its shape says.</exception>
    public NpyVectors(string path)
    {
        _stream = NpyFile.Open(path);
        try
        {
            NpyHeader header = NpyHeader.Read(_stream, path);
            _isWide = header.Type == "<f8";
            if (!_isWide && header.Type != "<f4")
            {
                throw NpyNumbers.NoVectors(header.Type, path);
            }

            int size = _isWide ? sizeof(double) : sizeof(float);
            NpyFile.RequireLength(header, _stream, path, size);
            if (header.Shape is not [var count, var dimension] || dimension < 1
                || dimension > Array.MaxLength / sizeof(double))
            {
                throw new NpyException(
                    path, $"its shape is ({string.Join(", ", header.Shape)}); a vector per row is expected: (N, D).");
            }

            // Of a file without rows nothing says that its dimension is meant.
            (Count, Dimension, _row) = (count, dimension, new byte[count == 0 ? 0 : dimension * size]);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>Numbers per row.</summary>
    public int Dimension { get; }

    /// <summary>How much was read, in bytes.</summary>
    public long BytesRead => Interlocked.Read(ref _read);

    /// <summary>Reads the next row.</summary>
    /// <returns>Its numbers as they are, also such as are not finite.</returns>
    /// <exception cref="EndOfStreamException">There are no more.</exception>
    public float[] ReadRow()
    {
        _stream.ReadExactly(_row);
        Interlocked.Add(ref _read, _row.Length);
        return _isWide
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, double>(_row).ToArray(), value => (float)value)
            : MemoryMarshal.Cast<byte, float>(_row).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
