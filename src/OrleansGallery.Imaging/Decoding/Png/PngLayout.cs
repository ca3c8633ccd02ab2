namespace OrleansGallery.Imaging;

/// <summary>IHDR: size, depth, colour type and interlacing (PNG specification 3, section 11.2.1).</summary>
internal readonly record struct PngLayout(uint Width, uint Height, byte BitDepth, byte ColourType, byte Interlacing)
{
    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte Palette = 3;
    public const byte GreyAlpha = 4;
    public const byte Rgba = 6;
    private const int Bytes = 13;

    public bool HasAlpha => ColourType is GreyAlpha or Rgba;

    public int BitsPerPixel => BitDepth * ColourType switch { Rgb => 3, GreyAlpha => 2, Rgba => 4, _ => 1 };

    public static PngLayout Read(ReadOnlySpan<byte> file)
    {
        FileBytes content = new(Header(file), ImageFormat.Png);
        PngLayout layout = new(
            content.U32Big(0), content.U32Big(4), content.U8(8), content.U8(9), content.U8(12));
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

    /// <summary>How many bytes its data must inflate to: in every pass the rows, each with the byte of its filter.</summary>
    public long InflatedBytes()
    {
        if (Interlacing == 0)
        {
            return PassBytes(Width, Height);
        }

        // Adam7: where each pass starts, and how far its pixels lie apart.
        ReadOnlySpan<(uint X, uint Y, uint StepX, uint StepY)> passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        long bytes = 0;
        foreach ((uint x, uint y, uint stepX, uint stepY) in passes)
        {
            bytes += PassBytes(Steps(Width, x, stepX), Steps(Height, y, stepY));
        }

        return bytes;
    }

    private static long Steps(uint side, uint start, uint step) => (side + (long)step - 1 - start) / step;

    private long PassBytes(long width, long height) =>
        width == 0 ? 0 : height * (1 + (width * BitsPerPixel + 7) / 8);
}
