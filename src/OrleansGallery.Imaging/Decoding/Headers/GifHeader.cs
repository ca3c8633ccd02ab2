namespace OrleansGallery.Imaging;

/// <summary>GIF: the logical screen, its first frame, and that a trailer closes it (GIF89a specification).</summary>
internal static class GifHeader
{
    private const byte Extension = 0x21;
    private const byte Frame = 0x2C;
    private const byte Trailer = 0x3B;
    private const int ScreenHeader = 13;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.Gif);
        (int width, int height) = (bytes.U16Little(6), bytes.U16Little(8));
        long block = FirstBlock(bytes);
        while (bytes.U8(block) == Extension)
        {
            block = SkipSubBlocks(bytes, block + 2);
        }

        if (bytes.U8(block) != Frame)
        {
            throw ImageException.Corrupt(ImageFormat.Gif, $"block {bytes.U8(block):X2} at byte {block} is no frame");
        }

        // Decoders grow the picture to its frames, which would pass by the limits.
        (int right, int bottom) = (
            bytes.U16Little(block + 1) + bytes.U16Little(block + 5),
            bytes.U16Little(block + 3) + bytes.U16Little(block + 7));
        return right <= width && bottom <= height
            ? new ImageHeader(ImageFormat.Gif, width, height, Orientation.TopLeft)
            : throw ImageException.Corrupt(
                ImageFormat.Gif, $"its first frame reaches to {right} x {bottom} on a screen of {width} x {height}");
    }

    public static void CheckComplete(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.Gif);
        long block = FirstBlock(bytes);
        while (bytes.U8(block) != Trailer)
        {
            block = bytes.U8(block) switch
            {
                Extension => SkipSubBlocks(bytes, block + 2),
                // 9 bytes of position, size and flags, its colours, then the LZW code size before the data.
                Frame => SkipSubBlocks(bytes, block + 10 + ColourBytes(bytes.U8(block + 9)) + 1),
                byte other => throw ImageException.Corrupt(ImageFormat.Gif, $"block {other:X2} at byte {block}"),
            };
        }
    }

    private static long FirstBlock(FileBytes bytes) => ScreenHeader + ColourBytes(bytes.U8(10));

    private static int ColourBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;

    private static long SkipSubBlocks(FileBytes bytes, long offset)
    {
        while (bytes.U8(offset) is var length and not 0)
        {
            offset += length + 1;
        }

        return offset + 1;
    }
}
