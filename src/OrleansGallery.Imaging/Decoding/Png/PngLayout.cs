namespace OrleansGallery.Imaging;

/// <summary>IHDR: size, depth, colour type and interlacing (PNG specification 3, section 11.2.1).</summary>
internal readonly record struct PngLayout(uint Width, uint Height, byte BitDepth, byte ColourType, byte Interlacing)
{
    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte Palette = 3;
    public const byte GreyAlpha = 4;
    public const byte Rgba = 6;

    /// <summary>Where in the header it says whether the picture is interlaced.</summary>
    public const int InterlacingAt = 12;

    private const int Bytes = 13;

    public bool IsInterlaced => Interlacing == 1;

    public bool HasAlpha => ColourType is GreyAlpha or Rgba;

    public int BitsPerPixel => BitDepth * ColourType switch { Rgb => 3, GreyAlpha => 2, Rgba => 4, _ => 1 };

    public static PngLayout Read(ReadOnlySpan<byte> file)
    {
        FileBytes content = new(Header(file), ImageFormat.Png);
        PngLayout layout = new(
            content.U32Big(0), content.U32Big(4), content.U8(8), content.U8(9), content.U8(InterlacingAt));
        bool isKnown = (layout.ColourType, layout.BitDepth) is (Grey, 1 or 2 or 4 or 8 or 16)
            or (Palette, 1 or 2 or 4 or 8)
            or (Rgb or GreyAlpha or Rgba, 8 or 16);
        if (!isKnown || (content.U8(10), content.U8(11)) != (0, 0) || layout.Interlacing > 1)
        {
            throw ImageException.Corrupt(
                ImageFormat.Png,
                $"its header names {layout.BitDepth} bits, colour type {layout.ColourType}, compression " +
                $"{content.U8(10)}, filter {content.U8(11)} and interlacing {layout.Interlacing}");
        }

        return layout.Width <= int.MaxValue && layout.Height <= int.MaxValue
            ? layout
            : throw ImageException.Corrupt(ImageFormat.Png, $"its size is {layout.Width} x {layout.Height}");
    }

    /// <summary>The content of IHDR.</summary>
    public static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> file)
    {
        PngChunks chunks = new(file);
        if (!chunks.MoveNext() || !chunks.Is("IHDR"u8) || chunks.Content.Length != Bytes)
        {
            throw ImageException.Corrupt(ImageFormat.Png, "its first chunk is not a header");
        }

        chunks.CheckSum();
        return chunks.Content;
    }

    /// <summary>How many bytes data without passes inflate to: rows, each behind the byte of its filter.</summary>
    public long PlainBytes() => Height * (1 + ((long)Width * BitsPerPixel + 7) / 8);
}
