using System.Text;

namespace OrleansGallery.Onnx;

/// <summary>
/// Reads the fields of one protobuf message. Every length is checked against what is there, so that nothing is
/// allocated or skipped on a file's word alone.
/// </summary>
internal ref struct WireReader(ReadOnlyMemory<byte> message)
{
    private const int LongestVarint = 10;
    private const int LongestText = 1 << 16;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _message = message;
    private int _position;

    /// <summary>The field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Type { get; private set; }

    /// <summary>Goes on to the next field; the one before must have been read or skipped.</summary>
    /// <returns>False at the message's end.</returns>
    public bool Next()
    {
        if (_position == _message.Length)
        {
            return false;
        }

        ulong tag = Varint();
        (Field, Type) = ((int)Math.Min(tag >> 3, int.MaxValue), (WireType)(tag & 7));
        return Field > 0 && Type is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32
            ? true
            : throw Damaged("has no field");
    }

    /// <summary>Passes over the field's value.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Bytes:
                Bytes();
                break;
            default:
                Take(Type == WireType.Fixed32 ? sizeof(uint) : sizeof(ulong));
                break;
        }
    }

    /// <summary>The field's number.</summary>
    public long Integer()
    {
        Require(WireType.Varint);
        return (long)Varint();
    }

    /// <summary>The field's bytes, where they lie.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Require(WireType.Bytes);
        ulong length = Varint();
        return length <= (ulong)(_message.Length - _position)
            ? Take((int)length)
            : throw Damaged($"ends {length - (ulong)(_message.Length - _position)} bytes before its part of {length}");
    }

    /// <summary>The field's text.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> bytes = Bytes().Span;
        if (bytes.Length > LongestText)
        {
            throw new OnnxException($"it has a name of {bytes.Length} bytes; at most {LongestText} are read.");
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("has a name that is no UTF-8");
        }
    }

    /// <summary>The field's numbers, packed or one alone, added to those before.</summary>
    /// <param name="numbers">Those before.</param>
    /// <param name="most">How many there may be.</param>
    public void Integers(List<long> numbers, int most)
    {
        if (Type == WireType.Varint)
        {
            Add(numbers, Integer(), most);
            return;
        }

        WireReader packed = new(Bytes());
        while (packed._position < packed._message.Length)
        {
            Add(numbers, (long)packed.Varint(), most);
        }
    }

    /// <summary>The field's little-endian numbers, packed or one alone, as they lie.</summary>
    public ReadOnlyMemory<byte> Fixed() => Type switch
    {
        WireType.Bytes => Bytes(),
        WireType.Fixed32 => Take(sizeof(uint)),
        WireType.Fixed64 => Take(sizeof(ulong)),
        _ => throw Damaged("has numbers of another kind"),
    };

    private static void Add(List<long> numbers, long number, int most) => numbers.Add(numbers.Count < most
        ? number
        : throw new OnnxException($"it has more than {most} numbers in a row where a shape stands."));

    private ulong Varint()
    {
        ulong value = 0;
        ReadOnlySpan<byte> rest = _message.Span[_position..];
        for (int i = 0; i < Math.Min(rest.Length, LongestVarint); i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                _position += i + 1;
                return value;
            }
        }

        throw Damaged("breaks off within a number");
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _message.Length - _position)
        {
            throw Damaged("breaks off within a number");
        }

        ReadOnlyMemory<byte> taken = _message.Slice(_position, length);
        _position += length;
        return taken;
    }

    private readonly void Require(WireType type)
    {
        if (Type != type)
        {
            throw Damaged($"has {Type} in the place of {type}");
        }
    }

    private readonly OnnxException Damaged(string what) => new(
        $"it is no ONNX model, cut short or damaged: a part of {_message.Length} bytes {what} (field {Field}).");
}
