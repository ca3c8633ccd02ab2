namespace OrleansGallery.Imaging;

/// <summary>
/// Decodes the first frame of a GIF. Libraries leave pixels that are not coded blank, and differ in what lies around
/// and beneath a frame; here a frame is whole or refused, and everything else as in Pillow.
/// </summary>
internal sealed class GifReader : IPixelReader
{
    private const int EntryBytes = 4;
    private const int MaxColours = 256;

    private GifReader()
    {
    }

    public static GifReader Instance { get; } = new();

    public int PixelBytes(ImageHeader header) => header.WorkBytes;

    public void Read(ReadOnlyMemory<byte> file, ImageHeader header, RgbCanvas canvas)
    {
        GifFrame frame = GifFrame.Read(file.Span);
        FileBytes bytes = new(file.Span, ImageFormat.Gif);
        byte[] palette = ReadPalette(bytes, frame);
        byte[] indices = GifRuns.Decode(bytes, frame);
        byte[] row = new byte[frame.ScreenWidth];
        for (int y = 0; y < frame.ScreenHeight; y++)
        {
            // Around the frame is what is transparent, or index 0.
            row.AsSpan().Fill((byte)Math.Max(0, frame.Transparent));
            if (y >= frame.Top && y < frame.Top + frame.Height)
            {
                int stored = StoredRow(y - frame.Top, frame);
                indices.AsSpan(stored * frame.Width, frame.Width).CopyTo(row.AsSpan(frame.Left));
            }

            if (canvas.NeedsNoAlpha)
            {
                canvas.Append(1, (row, palette), static (rgb, state) => Write(state.row, state.palette, rgb, 3));
            }
            else
            {
                canvas.AppendRgba(1, (row, palette), static (rgba, state) => Write(state.row, state.palette, rgba, 4));
            }
        }
    }

    private static void Write(byte[] row, byte[] palette, Span<byte> pixels, int pixelBytes)
    {
        for (int x = 0; x < row.Length; x++)
        {
            palette.AsSpan(row[x] * EntryBytes, pixelBytes).CopyTo(pixels[(x * pixelBytes)..]);
        }
    }

    /// <summary>Where an interlaced frame has a row: every eighth, those between, every second, the rest.</summary>
    private static int StoredRow(int y, GifFrame frame)
    {
        if (!frame.IsInterlaced)
        {
            return y;
        }

        int height = frame.Height;
        return (y & 7) switch
        {
            0 => y / 8,
            4 => (height + 7) / 8 + y / 8,
            2 or 6 => (height + 3) / 4 + y / 4,
            _ => (height + 1) / 2 + y / 2,
        };
    }

    /// <summary>Red, green, blue and alpha; entries that are not stored are grey.</summary>
    private static byte[] ReadPalette(FileBytes bytes, GifFrame frame)
    {
        byte[] palette = new byte[MaxColours * EntryBytes];
        ReadOnlySpan<byte> stored = bytes.At(frame.PaletteOffset, frame.PaletteEntries * PixelImage.Channels);
        for (int i = 0; i < MaxColours; i++)
        {
            Span<byte> entry = palette.AsSpan(i * EntryBytes, EntryBytes);
            entry.Fill((byte)i);
            if (i < frame.PaletteEntries)
            {
                stored.Slice(i * PixelImage.Channels, PixelImage.Channels).CopyTo(entry);
            }

            entry[3] = (byte)(i == frame.Transparent ? 0 : byte.MaxValue);
        }

        return palette;
    }
}
