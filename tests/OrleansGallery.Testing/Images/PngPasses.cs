namespace OrleansGallery.Testing;

/// <summary>Adam7: a picture's pixels sorted into seven smaller pictures.</summary>
public static class PngPasses
{
    private static readonly (int X, int Y, int StepX, int StepY)[] All =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Rows of the seven passes, each with its filter byte, unfiltered.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixelBits">Bits per pixel.</param>
    /// <param name="rows">Packed rows.</param>
    /// <returns>What is to be deflated.</returns>
    public static byte[] Split(int width, int height, int pixelBits, ReadOnlySpan<byte> rows)
    {
        int stride = (width * pixelBits + 7) / 8;
        using MemoryStream filtered = new();
        foreach ((int left, int top, int stepX, int stepY) in All)
        {
            for (int y = top; y < height && left < width; y += stepY)
            {
                byte[] row = new byte[((width - left + stepX - 1) / stepX * pixelBits + 7) / 8];
                int to = 0;
                for (int x = left; x < width; x += stepX)
                {
                    for (int bit = 0; bit < pixelBits; bit++, to++)
                    {
                        int from = x * pixelBits + bit;
                        int value = rows[y * stride + from / 8] >> 7 - from % 8 & 1;
                        row[to / 8] |= (byte)(value << 7 - to % 8);
                    }
                }

                filtered.WriteByte(0); // no filter
                filtered.Write(row);
            }
        }

        return filtered.ToArray();
    }
}
