namespace OrleansGallery.Imaging;

/// <summary>
/// Puts the pixels of the seven passes in their places. ImageSharp 2.1 waits for ever for passes that end early, and
/// miscounts the rows behind a pass without columns, which every picture narrower than five pixels has.
/// </summary>
internal static class PngDeinterlacer
{
    /// <summary>Plain rows, each behind the byte that says that it is not filtered.</summary>
    /// <exception cref="EndOfStreamException">The data end early.</exception>
    public static byte[] ReadRows(Stream inflated, PngLayout layout)
    {
        int stride = 1 + RowBytes((int)layout.Width, layout);
        byte[] rows = new byte[checked(stride * (int)layout.Height)];
        foreach (PngPass pass in PngPass.All)
        {
            int columns = pass.Columns(layout);
            int count = columns == 0 ? 0 : pass.Rows(layout);
            byte[] row = new byte[1 + RowBytes(columns, layout)];
            byte[] above = new byte[row.Length];
            for (int i = 0; i < count; i++)
            {
                inflated.ReadExactly(row);
                PngFilters.Undo(row[0], row.AsSpan(1), above.AsSpan(1), Math.Max(1, layout.BitsPerPixel / 8));
                int y = pass.Y + i * pass.StepY;
                Spread(row.AsSpan(1), rows.AsSpan(y * stride + 1, stride - 1), columns, pass, layout.BitsPerPixel);
                (row, above) = (above, row);
            }
        }

        return rows;
    }

    private static int RowBytes(int width, PngLayout layout) => (int)(((long)width * layout.BitsPerPixel + 7) / 8);

    private static void Spread(ReadOnlySpan<byte> from, Span<byte> to, int columns, PngPass pass, int pixelBits)
    {
        for (int i = 0; i < columns; i++)
        {
            int x = pass.X + i * pass.StepX;
            if (pixelBits >= 8)
            {
                int bytes = pixelBits / 8;
                from.Slice(i * bytes, bytes).CopyTo(to[(x * bytes)..]);
                continue;
            }

            // The leftmost pixel is in the highest bits of a byte.
            (int source, int target) = (i * pixelBits, x * pixelBits);
            int value = from[source >> 3] >> 8 - pixelBits - (source & 7) & (1 << pixelBits) - 1;
            to[target >> 3] |= (byte)(value << 8 - pixelBits - (target & 7));
        }
    }
}
