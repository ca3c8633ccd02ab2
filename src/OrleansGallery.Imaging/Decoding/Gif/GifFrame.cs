namespace OrleansGallery.Imaging;

/// <summary>
/// The first frame of a GIF and the screen it lies on (GIF89a specification). As in Pillow the screen grows to the
/// frame, also from 0 x 0, and whatever follows the frame is not looked at, not even for a trailer.
/// </summary>
internal readonly record struct GifFrame
{
    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte Image = 0x2C;
    private const int ScreenHeader = 13;

    public required int Left { get; init; }

    public required int Top { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int ScreenWidth { get; init; }

    public required int ScreenHeight { get; init; }

    /// <summary>The index that is transparent, or -1.</summary>
    public required int Transparent { get; init; }

    public required bool IsInterlaced { get; init; }

    public required long PaletteOffset { get; init; }

    public required int PaletteEntries { get; init; }

    /// <summary>Where the size of the codes is, before the data.</summary>
    public required long DataOffset { get; init; }

    public static GifFrame Read(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.Gif);
        int colours = Colours(bytes.U8(10));
        long block = ScreenHeader + colours * PixelImage.Channels;
        int transparent = -1;
        while (bytes.U8(block) == Extension)
        {
            bool isTransparent = bytes.U8(block + 1) == GraphicControl
                && bytes.U8(block + 2) >= 4
                && (bytes.U8(block + 3) & 1) != 0;
            transparent = isTransparent ? bytes.U8(block + 6) : transparent;
            block = SkipSubBlocks(bytes, block + 2);
        }

        if (bytes.U8(block) != Image)
        {
            throw ImageException.Corrupt(ImageFormat.Gif, $"block {bytes.U8(block):X2} at byte {block} is no frame");
        }

        (int left, int top) = (bytes.U16Little(block + 1), bytes.U16Little(block + 3));
        (int width, int height) = (bytes.U16Little(block + 5), bytes.U16Little(block + 7));
        byte flags = bytes.U8(block + 9);
        int ownColours = Colours(flags);
        return new GifFrame
        {
            Left = left,
            Top = top,
            Width = width,
            Height = height,
            ScreenWidth = Math.Max(bytes.U16Little(6), left + width),
            ScreenHeight = Math.Max(bytes.U16Little(8), top + height),
            Transparent = transparent,
            IsInterlaced = (flags & 0x40) != 0,
            PaletteOffset = ownColours > 0 ? block + 10 : ScreenHeader,
            PaletteEntries = ownColours > 0 ? ownColours : colours,
            DataOffset = block + 10 + ownColours * PixelImage.Channels,
        };
    }

    public ImageHeader ToImageHeader() => Width > 0 && Height > 0
        ? new ImageHeader(ImageFormat.Gif, ScreenWidth, ScreenHeight, Orientation.TopLeft)
        {
            MayBeTransparent = Transparent >= 0,
            WorkBytes = 1, // its indices
        }
        : throw ImageException.Corrupt(ImageFormat.Gif, $"its first frame is {Width} x {Height}");

    private static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);

    private static long SkipSubBlocks(FileBytes bytes, long offset)
    {
        while (bytes.U8(offset) is var length and not 0)
        {
            offset += length + 1;
        }

        return offset + 1;
    }
}
