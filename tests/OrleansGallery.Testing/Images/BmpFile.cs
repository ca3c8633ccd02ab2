using System.Buffers.Binary;

namespace OrleansGallery.Testing;

/// <summary>A small writer of Windows bitmaps from parts, also of forged ones.</summary>
public static class BmpFile
{
    private const int HeaderBytes = 54;

    /// <summary>24-bit, from the bottom row up, as most bitmaps are.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgb">Interleaved, <c>height * width * 3</c> bytes, from the top row down.</param>
    /// <returns>The file.</returns>
    public static byte[] Rgb(int width, int height, ReadOnlySpan<byte> rgb)
    {
        int stride = (width * 3 + 3) / 4 * 4;
        byte[] rows = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = rgb.Slice((y * width + x) * 3, 3);
                Span<byte> stored = rows.AsSpan((height - 1 - y) * stride + x * 3);
                (stored[0], stored[1], stored[2]) = (pixel[2], pixel[1], pixel[0]);
            }
        }

        return Write(width, height, 24, 0, [], rows);
    }

    /// <summary>A bitmap with a 40-byte header.</summary>
    /// <param name="width">The width field.</param>
    /// <param name="height">The height field; negative for rows from the top down.</param>
    /// <param name="bits">Bits per pixel.</param>
    /// <param name="compression">The compression field.</param>
    /// <param name="tables">Masks or palette, between header and pixels.</param>
    /// <param name="rows">The pixel data as stored.</param>
    /// <returns>The file.</returns>
    public static byte[] Write(
        int width, int height, int bits, int compression, ReadOnlySpan<byte> tables, ReadOnlySpan<byte> rows)
    {
        byte[] file = new byte[HeaderBytes + tables.Length + rows.Length];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        Put(file, 2, file.Length);
        Put(file, 10, HeaderBytes + tables.Length);
        Put(file, 14, 40);
        Put(file, 18, width);
        Put(file, 22, height);
        file[26] = 1; // planes
        file[28] = (byte)bits;
        Put(file, 30, compression);
        if (bits <= 8)
        {
            Put(file, 46, tables.Length / 4);
        }

        tables.CopyTo(file.AsSpan(HeaderBytes));
        rows.CopyTo(file.AsSpan(HeaderBytes + tables.Length));
        return file;
    }

    private static void Put(byte[] file, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
