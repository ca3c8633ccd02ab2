using System.Buffers.Binary;
using System.IO.Hashing;

namespace OrleansGallery.Imaging;

/// <summary>Lays chunks into one array of the size they need.</summary>
internal ref struct PngWriter
{
    private readonly byte[] _file;
    private int _start;
    private int _end;

    /// <summary>For chunks with contents of these lengths; chunks of length 0 but the last may be left out.</summary>
    public PngWriter(params ReadOnlySpan<int> contents)
    {
        int size = PngChunks.Signature.Length;
        for (int i = 0; i < contents.Length; i++)
        {
            size += contents[i] > 0 || i == contents.Length - 1 ? PngChunks.Overhead + contents[i] : 0;
        }

        _file = GC.AllocateUninitializedArray<byte>(size);
        PngChunks.Signature.CopyTo(_file);
        _end = PngChunks.Signature.Length;
    }

    /// <summary>Begins a chunk; the caller fills the content.</summary>
    public Span<byte> Begin(ReadOnlySpan<byte> type, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_file.AsSpan(_end), length);
        _start = _end + 4;
        type.CopyTo(_file.AsSpan(_start));
        _end = _start + type.Length + length;
        return _file.AsSpan(_start + type.Length, length);
    }

    /// <summary>Closes the chunk with its checksum.</summary>
    public void End()
    {
        uint sum = Crc32.HashToUInt32(_file.AsSpan(_start.._end));
        BinaryPrimitives.WriteUInt32BigEndian(_file.AsSpan(_end), sum);
        _end += 4;
    }

    public readonly byte[] ToFile() => _end == _file.Length
        ? _file
        : throw new InvalidOperationException($"{_end} of {_file.Length} bytes were written.");
}
