namespace OrleansGallery.Imaging;

/// <summary>
/// Undoes GIF's LZW. A string of the table is the one before it and one index more, which lie side by side in what has
/// been written; so the table holds where that was, and no strings.
/// </summary>
internal static class GifRuns
{
    private const int MaxCodeBits = 12;
    private const int TableSize = 1 << MaxCodeBits;

    /// <summary>One index per pixel, rows as stored.</summary>
    /// <exception cref="ImageException">Fewer pixels are coded, or a code is not in the table.</exception>
    public static byte[] Decode(FileBytes file, GifFrame frame)
    {
        int literalBits = file.U8(frame.DataOffset);
        if (literalBits is < 1 or > 8)
        {
            throw ImageException.Corrupt(ImageFormat.Gif, $"its codes begin with {literalBits} bits");
        }

        CheckRoom(file, frame);
        byte[] indices = GC.AllocateUninitializedArray<byte>(checked(frame.Width * frame.Height));
        Span<(int Start, int Length)> table = new (int, int)[TableSize];
        GifCodes codes = new(file, frame.DataOffset + 1);
        int clear = 1 << literalBits;
        (int codeBits, int used, (int Start, int Length) last) = (literalBits + 1, clear + 2, default);
        for (int at = 0; at < indices.Length;)
        {
            int code = codes.Next(codeBits);
            if (code == clear)
            {
                (codeBits, used, last) = (literalBits + 1, clear + 2, default);
                continue;
            }

            if (code == clear + 1)
            {
                throw ImageException.Truncated(
                    ImageFormat.Gif, $"its data end after {at} of {indices.Length} pixels of its first frame");
            }

            // The string that this code ends: the last one, and the first index of the one that is written now.
            if (last.Length > 0 && used < TableSize)
            {
                table[used++] = (last.Start, last.Length + 1);
                codeBits += used == 1 << codeBits && codeBits < MaxCodeBits ? 1 : 0;
            }

            last = (at, Write(indices.AsSpan(), at, code, clear, table[..used]));
            at += last.Length;
        }

        return indices;
    }

    /// <summary>
    /// Refuses before memory is taken: a code has two bits or more, and its string is at most one index longer than all
    /// before it, nor longer than the table.
    /// </summary>
    private static void CheckRoom(FileBytes file, GifFrame frame)
    {
        long codes = (file.Length - frame.DataOffset) * 4;
        if ((long)frame.Width * frame.Height > codes * Math.Min(codes, TableSize))
        {
            throw ImageException.Truncated(
                ImageFormat.Gif, $"its {file.Length} bytes cannot hold {frame.Width} x {frame.Height} pixels");
        }
    }

    /// <summary>Writes a code's string, cut where the frame is full; gives its length.</summary>
    private static int Write(
        Span<byte> indices, int at, int code, int clear, ReadOnlySpan<(int Start, int Length)> table)
    {
        if (code < clear)
        {
            indices[at] = (byte)code;
            return 1;
        }

        if (code >= table.Length)
        {
            throw ImageException.Corrupt(ImageFormat.Gif, $"code {code} of a table of {table.Length} at pixel {at}");
        }

        (int start, int length) = table[code];
        length = Math.Min(length, indices.Length - at);
        for (int i = 0; i < length; i++)
        {
            indices[at + i] = indices[start + i]; // May overlap: a string may end with the index it begins with.
        }

        return length;
    }
}
