namespace OrleansGallery.Imaging;

/// <summary>
/// Undoes TIFF's LZW (TIFF 6.0, section 13): codes from the highest bit on, one more bit a code early. The table holds
/// where each string was written, as in <see cref="GifRuns"/>.
/// </summary>
internal static class TiffRuns
{
    private const int Clear = 256;
    private const int End = 257;
    private const int FirstString = 258;
    private const int FirstBits = 9;
    private const int MaxBits = 12;

    public static void Decode(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        if (packed is [0, var second, ..] && (second & 1) != 0)
        {
            throw ImageException.Unsupported(ImageFormat.Tiff, "LZW of before 1988, the lowest bit first");
        }

        FileBytes bytes = new(packed, ImageFormat.Tiff);
        Span<(int Start, int Length)> table = new (int, int)[1 << MaxBits];
        (int codeBits, int used, (int Start, int Length) last) = (FirstBits, FirstString, default);
        long bit = 0;
        for (int at = 0; at < plain.Length;)
        {
            int code = ReadCode(bytes, bit, codeBits);
            bit += codeBits;
            if (code == Clear)
            {
                (codeBits, used, last) = (FirstBits, FirstString, default);
                continue;
            }

            if (code == End)
            {
                throw ImageException.Truncated(
                    ImageFormat.Tiff, $"a strip or tile ends after {at} of {plain.Length} bytes");
            }

            if (last.Length > 0 && used < table.Length)
            {
                table[used++] = (last.Start, last.Length + 1);
                codeBits += used + 1 == 1 << codeBits && codeBits < MaxBits ? 1 : 0;
            }

            last = (at, Write(plain, at, code, table[..used]));
            at += last.Length;
        }
    }

    private static int ReadCode(FileBytes bytes, long bit, int codeBits)
    {
        long at = bit >> 3;
        int first = bytes.U8(at) << 16 | bytes.U8(at + 1) << 8;
        int end = (int)(bit & 7) + codeBits;
        int window = end > 16 ? first | bytes.U8(at + 2) : first;
        return window >> 24 - end & (1 << codeBits) - 1;
    }

    private static int Write(Span<byte> plain, int at, int code, ReadOnlySpan<(int Start, int Length)> table)
    {
        if (code < Clear)
        {
            plain[at] = (byte)code;
            return 1;
        }

        if (code >= table.Length)
        {
            throw ImageException.Corrupt(ImageFormat.Tiff, $"code {code} of a table of {table.Length}");
        }

        (int start, int length) = table[code];
        length = Math.Min(length, plain.Length - at);
        for (int i = 0; i < length; i++)
        {
            plain[at + i] = plain[start + i]; // May overlap: a string may end with the byte it begins with.
        }

        return length;
    }
}
