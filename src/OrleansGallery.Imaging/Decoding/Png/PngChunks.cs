using System.Buffers.Binary;
using System.IO.Hashing;

namespace OrleansGallery.Imaging;

/// <summary>Walks the chunks of a PNG.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    public const int Overhead = 12; // length, type, CRC
    private const int TypeBytes = 4;
    private readonly ReadOnlySpan<byte> _file = file;
    private long _next = Signature.Length;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Type and content, which is what the CRC is over.</summary>
    public ReadOnlySpan<byte> TypeAndContent { get; private set; }

    public readonly ReadOnlySpan<byte> Content => TypeAndContent[TypeBytes..];

    /// <summary>Goes to the next chunk; false where the file ends before it does.</summary>
    public bool MoveNext()
    {
        long left = _file.Length - _next - Overhead;
        if (left < 0)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(_file[(int)_next..]);
        if (length > left)
        {
            return false;
        }

        TypeAndContent = _file.Slice((int)_next + 4, TypeBytes + (int)length);
        _next += Overhead + length;
        return true;
    }

    public readonly bool Is(ReadOnlySpan<byte> type) => TypeAndContent.StartsWith(type);

    /// <summary>Refuses a chunk that is not what was written.</summary>
    public readonly void CheckSum()
    {
        uint stored = BinaryPrimitives.ReadUInt32BigEndian(_file[(int)(_next - 4)..]);
        if (Crc32.HashToUInt32(TypeAndContent) != stored)
        {
            throw ImageException.Corrupt(
                ImageFormat.Png,
                $"the checksum of its chunk {System.Text.Encoding.ASCII.GetString(TypeAndContent[..TypeBytes])} " +
                $"before byte {_next} is wrong");
        }
    }
}
