namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes bitmaps, because the libvips build in the NetVips package has no BMP loader; with the other backend too, so
/// that both agree. The fourth byte of 32-bit pixels is ignored, as alpha is everywhere.
/// </summary>
internal sealed class BmpReader : IPixelReader
{
    private BmpReader()
    {
    }

    public static BmpReader Instance { get; } = new();

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
            canvas.Append(1, row, static (destination, row) => row.WriteRgb(destination));
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
