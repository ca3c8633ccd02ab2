namespace OrleansGallery.Imaging;

/// <summary>Undoes run-length coding (BI_RLE8 and BI_RLE4).</summary>
internal static class BmpRuns
{
    private const byte EndOfLine = 0;
    private const byte EndOfBitmap = 1;
    private const byte Move = 2;

    /// <summary>One index per byte, rows as stored; pixels that no run reaches are 0.</summary>
    /// <exception cref="ImageException">The end-of-bitmap mark is missing, or a run leaves the picture.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> data, BmpHeader bmp)
    {
        FileBytes bytes = new(data, ImageFormat.Bmp);
        byte[] indices = new byte[bmp.Width * bmp.Height];
        int bits = bmp.BitsPerPixel;
        int x = 0;
        int y = 0;
        for (long at = 0; ;)
        {
            int count = bytes.U8(at);
            byte value = bytes.U8(at + 1);
            at += 2;
            if (count > 0)
            {
                Span<byte> run = Run(indices, bmp, x, y, count);
                for (int i = 0; i < run.Length; i++)
                {
                    run[i] = bits == 8 ? value : Nibble(value, i);
                }

                x += count;
            }
            else if (value == EndOfBitmap)
            {
                return indices;
            }
            else if (value == EndOfLine)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == Move)
            {
                (x, y) = (x + bytes.U8(at), y + bytes.U8(at + 1));
                at += 2;
            }
            else
            {
                Span<byte> run = Run(indices, bmp, x, y, value);
                ReadOnlySpan<byte> literal = bytes.At(at, (value * bits + 7) / 8);
                for (int i = 0; i < run.Length; i++)
                {
                    run[i] = bits == 8 ? literal[i] : Nibble(literal[i / 2], i);
                }

                x += value;
                at += literal.Length + (literal.Length & 1); // Literals are padded to 16 bits.
            }
        }
    }

    private static Span<byte> Run(byte[] indices, BmpHeader bmp, int x, int y, int count) =>
        x + count <= bmp.Width && y < bmp.Height
            ? indices.AsSpan(y * bmp.Width + x, count)
            : throw ImageException.Corrupt(
                ImageFormat.Bmp, $"a run of {count} at ({x}, {y}) leaves its {bmp.Width} x {bmp.Height} pixels");

    private static byte Nibble(byte pair, int i) => (byte)((i & 1) == 0 ? pair >> 4 : pair & 0x0F);
}
