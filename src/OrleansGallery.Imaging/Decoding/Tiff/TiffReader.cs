namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes the first page of a TIFF from strips or tiles. ImageSharp 2.1 knows no tiles and no CMYK, turns over some
/// black and white pictures, and follows pages and tags that nobody asked for; libvips gives wrong colours for YCbCr.
/// Here the kinds that are read have Pillow's pixels, and the others are named.
/// </summary>
internal sealed class TiffReader : IPixelReader
{
    private TiffReader()
    {
    }

    public static TiffReader Instance { get; } = new();

    public int PixelBytes(ImageHeader header) => header.WorkBytes;

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        TiffDirectory directory = TiffHeader.Open(file.Span);
        TiffLayout layout = TiffLayout.Read(directory);
        byte[] palette = layout.Colour == TiffColour.Palette ? ReadPalette(directory, layout) : [];
        byte[] samples = ReadSamples(file.Span, directory, layout);
        TiffRows rows = new(layout, samples, palette);
        for (int y = 0; y < layout.Height; y++)
        {
            if (canvas.NeedsNoAlpha)
            {
                canvas.Append(1, (rows, y), static (rgb, state) => state.rows.WriteRow(state.y, rgb, 3));
            }
            else
            {
                canvas.AppendRgba(1, (rows, y), static (rgba, state) => state.rows.WriteRow(state.y, rgba, 4));
            }
        }
    }

    /// <summary>All samples, unpacked: plane after plane, in each row after row.</summary>
    private static byte[] ReadSamples(ReadOnlySpan<byte> file, TiffDirectory directory, TiffLayout layout)
    {
        int rowBytes = layout.RowBytes(layout.Width);
        byte[] samples = GC.AllocateUninitializedArray<byte>(checked(layout.Planes * layout.Height * rowBytes));
        TiffPieces pieces = new(file, directory, layout);
        uint piece = 0;
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            for (int y = 0; y < layout.Height; y += layout.PieceHeight)
            {
                for (int x = 0; x < layout.Width; x += layout.PieceWidth)
                {
                    int rows = Math.Min(layout.PieceHeight, layout.Height - y);
                    int at = (plane * layout.Height + y) * rowBytes + layout.RowBytes(x);
                    pieces.Read(piece++, rows, samples.AsSpan(at), rowBytes, rowBytes - layout.RowBytes(x));
                }
            }
        }

        return samples;
    }

    /// <summary>Red, green and blue of each index; of 16 bits the high byte.</summary>
    private static byte[] ReadPalette(TiffDirectory directory, TiffLayout layout)
    {
        uint colours = 1u << layout.Bits;
        byte[] palette = new byte[colours * PixelImage.Channels];
        TiffDirectory.Values stored = directory.Find(TiffTag.ColourMap);
        for (uint i = 0; i < palette.Length; i++)
        {
            // All reds are stored first, then the greens and the blues.
            if (!stored.TryGet(i % PixelImage.Channels * colours + i / PixelImage.Channels, out uint value))
            {
                throw ImageException.Truncated(ImageFormat.Tiff, $"{colours} colours are not in it");
            }

            palette[i] = (byte)(value >> 8);
        }

        return palette;
    }
}
