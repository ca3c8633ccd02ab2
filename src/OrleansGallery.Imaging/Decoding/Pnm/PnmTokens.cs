namespace OrleansGallery.Imaging;

/// <summary>Reads the decimal numbers of a portable anymap one after the other.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where reading begins.</param>
internal ref struct PnmTokens(ReadOnlySpan<byte> file, int offset)
{
    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>The place behind the last number.</summary>
    public int Offset { get; private set; } = offset;

    /// <summary>The next number.</summary>
    /// <exception cref="ImageException">There is none, or it is above <paramref name="most"/>.</exception>
    public int Next(int most)
    {
        SkipBlanks();
        int start = Offset;
        long value = 0;
        while (Offset < _file.Length && _file[Offset] is >= (byte)'0' and <= (byte)'9')
        {
            value = Math.Min((value * 10) + _file[Offset++] - '0', (long)int.MaxValue + 1);
        }

        return Offset == start ? throw Missing()
            : value <= most ? (int)value
            : throw ImageException.Corrupt(ImageFormat.Pnm, $"a number at byte {start} is above {most}");
    }

    /// <summary>The next bit of a text bitmap, which needs no blanks between them.</summary>
    public bool NextBit()
    {
        SkipBlanks();
        return Offset < _file.Length && _file[Offset] is (byte)'0' or (byte)'1'
            ? _file[Offset++] == '1'
            : throw Missing();
    }

    private readonly ImageException Missing() => Offset >= _file.Length
        ? ImageException.Truncated(ImageFormat.Pnm, "it ends where a number is expected")
        : ImageException.Corrupt(ImageFormat.Pnm, $"byte {Offset} is no digit where a number is expected");

    private void SkipBlanks()
    {
        while (Offset < _file.Length)
        {
            byte next = _file[Offset];
            if (next == '#')
            {
                int end = _file[Offset..].IndexOfAny((byte)'\n', (byte)'\r');
                Offset = end < 0 ? _file.Length : Offset + end;
            }
            else if (next is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r'))
            {
                Offset++;
            }
            else
            {
                return;
            }
        }
    }
}
