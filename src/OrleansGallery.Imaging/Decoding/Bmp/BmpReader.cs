namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes bitmaps: the libvips build in the NetVips package has no BMP loader, and ImageSharp's takes a gigabyte for a
/// file of 140 bytes. The fourth byte of 32-bit pixels is alpha only where bit fields say so, as in Pillow.
/// </summary>
internal sealed class BmpReader : IPixelReader
{
    private BmpReader()
    {
    }

    public static BmpReader Instance { get; } = new();

    public int PixelBytes(ImageHeader header) => header.WorkBytes;

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        BmpHeader bmp = BmpHeader.Read(file.Span);
        FileBytes bytes = new(file.Span, ImageFormat.Bmp);
        Span<byte> palette = stackalloc byte[256 * PixelImage.Channels];
        ReadPalette(bytes, bmp, palette);
        if (bmp.Compression is BmpCompression.Rle8 or BmpCompression.Rle4)
        {
            byte[] indices = BmpRuns.Decode(bytes.From(bmp.PixelOffset), bmp);
            AppendRows(bmp with { BitsPerPixel = 8 }, indices, bmp.Width, palette, default, canvas);
            return;
        }

        ReadOnlySpan<byte> rows = bytes.At(bmp.PixelOffset, bmp.Stride * bmp.Height);
        BmpMasks masks = BmpMasks.Read(bytes, bmp);
        AppendRows(bmp, rows, (int)bmp.Stride, palette, masks, canvas);
    }

    private static void AppendRows(
        BmpHeader bmp,
        ReadOnlySpan<byte> rows,
        int stride,
        ReadOnlySpan<byte> palette,
        BmpMasks masks,
        RgbCanvas canvas)
    {
        for (int y = 0; y < bmp.Height; y++)
        {
            int stored = bmp.TopDown ? y : bmp.Height - 1 - y;
            BmpRow row = new(rows.Slice(stored * stride, stride), bmp.BitsPerPixel, palette, masks);
            if (masks.Alpha == 0 || canvas.NeedsNoAlpha)
            {
                canvas.Append(1, row, static (destination, row) => row.WriteRgb(destination));
            }
            else
            {
                canvas.AppendRgba(1, row, static (destination, row) => row.WriteMasked(destination, 4));
            }
        }
    }

    /// <summary>Entries beyond the palette stay black.</summary>
    private static void ReadPalette(FileBytes bytes, BmpHeader bmp, Span<byte> palette)
    {
        palette.Clear();
        ReadOnlySpan<byte> stored = bytes.At(bmp.PaletteOffset, bmp.PaletteEntries * bmp.PaletteEntryBytes);
        for (int i = 0; i < bmp.PaletteEntries; i++)
        {
            ReadOnlySpan<byte> entry = stored.Slice(i * bmp.PaletteEntryBytes, PixelImage.Channels);
            (palette[i * 3], palette[i * 3 + 1], palette[i * 3 + 2]) = (entry[2], entry[1], entry[0]);
        }
    }
}
