using System.IO.Compression;

namespace OrleansGallery.Imaging;

/// <summary>
/// Writes a PNG anew with nothing but its picture: header, palette, transparency and one IDAT of stored blocks.
/// Text and profiles, which inflate to gigabytes, and animation never reach a library; and the data are inflated here
/// to exactly as many bytes as the header asks for, because ImageSharp leaves a picture black from where they end. What
/// was interlaced no longer is (see <see cref="PngDeinterlacer"/>).
/// </summary>
internal static class PngRepacker
{
    private const int ColourBytes = 3;
    private const int MaxColours = 256;

    /// <summary>258 bytes for two bits.</summary>
    private const int MaxDeflateRatio = 1032;

    public static byte[] Repack(ReadOnlySpan<byte> file)
    {
        PngLayout layout = PngLayout.Read(file);
        ReadOnlySpan<byte> palette = default;
        ReadOnlySpan<byte> transparency = default;
        using MemoryStream data = new(file.Length);
        PngChunks chunks = new(file);
        while (chunks.MoveNext() && !chunks.Is("IEND"u8))
        {
            if (chunks.Is("IDAT"u8))
            {
                chunks.CheckSum();
                data.Write(chunks.Content);
            }
            else if (chunks.Is("PLTE"u8) && palette.IsEmpty && layout.ColourType == PngLayout.Palette)
            {
                chunks.CheckSum();
                palette = FullPalette(chunks.Content, 1 << layout.BitDepth);
            }
            else if (chunks.Is("tRNS"u8) && transparency.IsEmpty)
            {
                chunks.CheckSum();
                transparency = ValidTransparency(chunks.Content, layout);
            }
        }

        if (layout.ColourType == PngLayout.Palette && palette.IsEmpty)
        {
            throw ImageException.Corrupt(ImageFormat.Png, "it has no palette");
        }

        if (layout.PlainBytes() > (data.Length + 1) * MaxDeflateRatio)
        {
            throw TooShort(layout); // Before memory is taken.
        }

        data.Position = 0;
        return Write(layout, PngLayout.Header(file), palette, transparency, data);
    }

    private static byte[] Write(
        PngLayout layout,
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> palette,
        ReadOnlySpan<byte> transparency,
        Stream data)
    {
        int inflated = checked((int)layout.PlainBytes());
        PngWriter writer = new(header.Length, palette.Length, transparency.Length, StoredZlib.Size(inflated), 0);
        Span<byte> written = writer.Begin("IHDR"u8, header.Length);
        header.CopyTo(written);
        written[PngLayout.InterlacingAt] = 0;
        writer.End();
        if (!palette.IsEmpty)
        {
            palette.CopyTo(writer.Begin("PLTE"u8, palette.Length));
            writer.End();
        }

        if (!transparency.IsEmpty)
        {
            transparency.CopyTo(writer.Begin("tRNS"u8, transparency.Length));
            writer.End();
        }

        Inflate(layout, data, writer.Begin("IDAT"u8, StoredZlib.Size(inflated)), inflated);
        writer.End();
        writer.Begin("IEND"u8, 0);
        writer.End();
        return writer.ToFile();
    }

    private static void Inflate(PngLayout layout, Stream data, Span<byte> stored, int inflated)
    {
        try
        {
            using ZLibStream zlib = new(data, CompressionMode.Decompress);
            using Stream rows = layout.IsInterlaced
                ? new MemoryStream(PngDeinterlacer.ReadRows(zlib, layout), writable: false)
                : zlib;
            StoredZlib.Fill(rows, stored, inflated);
        }
        catch (EndOfStreamException)
        {
            throw TooShort(layout);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            // IOException: zlib's own complaint, for example about a dictionary that is not there.
            throw ImageException.Corrupt(ImageFormat.Png, "its data cannot be inflated", failure);
        }
    }

    private static ImageException TooShort(PngLayout layout) => ImageException.Truncated(
        ImageFormat.Png, $"its data inflate to less than its {layout.Width} x {layout.Height} pixels ask for");

    /// <summary>
    /// As many colours as there are indices: ImageSharp reads behind a shorter palette. What is added is grey, as in
    /// Pillow.
    /// </summary>
    private static byte[] FullPalette(ReadOnlySpan<byte> stored, int colours)
    {
        if (stored.IsEmpty || stored.Length % ColourBytes != 0 || stored.Length > MaxColours * ColourBytes)
        {
            throw ImageException.Corrupt(ImageFormat.Png, $"its palette has {stored.Length} bytes");
        }

        byte[] palette = new byte[colours * ColourBytes];
        for (int i = 0; i < palette.Length; i++)
        {
            palette[i] = i < stored.Length ? stored[i] : (byte)(i / ColourBytes);
        }

        return palette;
    }

    /// <summary>Alpha by index, or the one colour that is transparent; nothing where it is neither.</summary>
    private static ReadOnlySpan<byte> ValidTransparency(ReadOnlySpan<byte> stored, PngLayout layout) =>
        layout.ColourType switch
        {
            PngLayout.Palette => stored[..Math.Min(stored.Length, 1 << layout.BitDepth)],
            PngLayout.Grey when stored.Length == 2 => stored,
            PngLayout.Rgb when stored.Length == 6 => stored,
            _ => default,
        };
}
