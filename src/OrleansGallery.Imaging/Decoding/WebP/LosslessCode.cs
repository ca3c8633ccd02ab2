namespace OrleansGallery.Imaging;

/// <summary>One prefix code of a lossless WebP stream (RFC 9649, section 3.7.2).</summary>
internal sealed class LosslessCode
{
    private const int MaxLength = 15;
    private readonly int[] _counts = new int[MaxLength + 1];
    private readonly int[] _symbols;

    private LosslessCode(ReadOnlySpan<int> lengths)
    {
        foreach (int length in lengths)
        {
            _counts[length]++;
        }

        _symbols = new int[lengths.Length - _counts[0]];
        _counts[0] = 0;
        int at = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    _symbols[at++] = symbol;
                }
            }
        }

        CheckFull();
    }

    private static ReadOnlySpan<byte> LengthOrder => [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    public static LosslessCode Read(ref LosslessBits bits, int symbols)
    {
        int[] lengths = new int[symbols];
        if (bits.Read(1) == 1)
        {
            bool isPair = bits.Read(1) == 1;
            Set(lengths, bits.Read(bits.Read(1) == 1 ? 8 : 1));
            if (isPair)
            {
                Set(lengths, bits.Read(8));
            }

            return new LosslessCode(lengths);
        }

        int[] lengthLengths = new int[LengthOrder.Length];
        int count = bits.Read(4) + 4;
        for (int i = 0; i < count; i++)
        {
            lengthLengths[LengthOrder[i]] = bits.Read(3);
        }

        ReadLengths(ref bits, new LosslessCode(lengthLengths), lengths);
        return new LosslessCode(lengths);
    }

    /// <summary>The next symbol; of a code of one symbol without reading a bit.</summary>
    public int Next(ref LosslessBits bits)
    {
        if (_symbols.Length == 1)
        {
            return _symbols[0];
        }

        (int code, int first, int index) = (0, 0, 0);
        for (int length = 1; length <= MaxLength; length++)
        {
            code |= bits.Read(1);
            if (code - first < _counts[length])
            {
                return _symbols[index + code - first];
            }

            index += _counts[length];
            first = first + _counts[length] << 1;
            code <<= 1;
        }

        throw Corrupt();
    }

    private static void ReadLengths(ref LosslessBits bits, LosslessCode code, int[] lengths)
    {
        int left = lengths.Length;
        if (bits.Read(1) == 1)
        {
            left = bits.Read(2 + 2 * bits.Read(3)) + 2;
        }

        int previous = 8;
        for (int at = 0; at < lengths.Length && left > 0; left--)
        {
            int symbol = code.Next(ref bits);
            if (symbol < 16)
            {
                lengths[at++] = symbol;
                previous = symbol == 0 ? previous : symbol;
                continue;
            }

            int repeats = symbol switch
            {
                16 => 3 + bits.Read(2),
                17 => 3 + bits.Read(3),
                _ => 11 + bits.Read(7),
            };
            if (at + repeats > lengths.Length)
            {
                throw Corrupt();
            }

            lengths.AsSpan(at, repeats).Fill(symbol == 16 ? previous : 0);
            at += repeats;
        }
    }

    private static void Set(int[] lengths, int symbol)
    {
        if (symbol >= lengths.Length)
        {
            throw Corrupt();
        }

        lengths[symbol] = 1;
    }

    /// <summary>Every sequence of bits must mean something, but for a code of one symbol.</summary>
    private void CheckFull()
    {
        int open = 1;
        for (int length = 1; length <= MaxLength; length++)
        {
            open = open * 2 - _counts[length];
            if (open < 0)
            {
                throw Corrupt();
            }
        }

        if (_symbols.Length == 0 || (open > 0 && _symbols.Length > 1))
        {
            throw Corrupt();
        }
    }

    private static ImageException Corrupt() =>
        ImageException.Corrupt(ImageFormat.WebP, "a prefix code of its lossless data is impossible");
}
