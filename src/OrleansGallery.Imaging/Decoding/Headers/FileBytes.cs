using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>A file under suspicion: a read beyond its end is an <see cref="ImageException"/>.</summary>
internal readonly ref struct FileBytes(ReadOnlySpan<byte> bytes, ImageFormat format)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Length => _bytes.Length;

    public byte U8(long offset) => At(offset, 1)[0];

    public ushort U16Little(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(At(offset, 2));

    public ushort U16Big(long offset) => BinaryPrimitives.ReadUInt16BigEndian(At(offset, 2));

    /// <summary>24 bits, little-endian.</summary>
    public int U24Little(long offset) => U16Little(offset) | U8(offset + 2) << 16;

    public uint U32Little(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(At(offset, 4));

    public uint U32Big(long offset) => BinaryPrimitives.ReadUInt32BigEndian(At(offset, 4));

    public bool Has(long offset, ReadOnlySpan<byte> expected) =>
        offset + expected.Length <= _bytes.Length && _bytes.Slice((int)offset, expected.Length).SequenceEqual(expected);

    /// <summary>Exactly <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> At(long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > _bytes.Length - count)
        {
            throw ImageException.Truncated(format, "its content", offset + count, _bytes.Length);
        }

        return _bytes.Slice((int)offset, (int)count);
    }

    /// <summary>Whatever is left from <paramref name="offset"/> on, possibly nothing.</summary>
    public ReadOnlySpan<byte> From(long offset) => offset >= _bytes.Length ? default : _bytes[(int)offset..];
}
