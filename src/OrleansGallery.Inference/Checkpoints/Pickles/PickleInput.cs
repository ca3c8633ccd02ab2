using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A pickle's bytes, read forward; no length a pickle claims is believed beyond what is left.</summary>
internal ref struct PickleInput(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public byte Byte() => Bytes(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    /// <summary>A length of 4 or 8 bytes.</summary>
    public long Length(int width)
    {
        ReadOnlySpan<byte> value = Bytes(width);
        return width == 4
            ? BinaryPrimitives.ReadUInt32LittleEndian(value)
            : BinaryPrimitives.ReadInt64LittleEndian(value);
    }

    public ReadOnlySpan<byte> Bytes(long count)
    {
        int left = _bytes.Length - Position;
        if (count < 0 || count > left)
        {
            throw new PickleException($"at byte {Position} its pickle claims {count} bytes; {left} are left.");
        }

        ReadOnlySpan<byte> value = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return value;
    }

    public string Text(long count)
    {
        try
        {
            return StrictUtf8.GetString(Bytes(count));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException($"before byte {Position} its pickle has text that is no UTF-8.");
        }
    }

    /// <summary>Text of a Python 2 string, one byte per character.</summary>
    public string Latin1(long count) => Encoding.Latin1.GetString(Bytes(count));

    public string Line()
    {
        int length = _bytes[Position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new PickleException($"at byte {Position} its pickle ends within a line.");
        }

        string text = Text(length);
        Position++;
        return text.TrimEnd('\r');
    }

    /// <summary>A little-endian integer in two's complement: a long, or more where that is too narrow.</summary>
    public object Integer(long count)
    {
        if (count > PickleLimits.MaxIntegerBytes)
        {
            throw new PickleException(
                $"at byte {Position} its pickle has an integer of {count} bytes; at most {PickleLimits.MaxIntegerBytes} are read.");
        }

        BigInteger value = new(Bytes(count));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private static UTF8Encoding StrictUtf8 { get; } = new(false, true);
}
