namespace OrleansGallery.Imaging;

/// <summary>PNG: IHDR, EXIF in eXIf, and that IEND closes it (PNG specification 3, sections 5 and 11).</summary>
internal static class PngHeader
{
    private const int FirstChunk = 8;
    private const int ChunkOverhead = 12; // length, type, CRC

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.Png);
        if (bytes.U32Big(FirstChunk) != 13 || !bytes.At(FirstChunk + 4, 4).SequenceEqual("IHDR"u8))
        {
            throw ImageException.Corrupt(ImageFormat.Png, "its first chunk is not a header");
        }

        uint width = bytes.U32Big(FirstChunk + 8);
        uint height = bytes.U32Big(FirstChunk + 12);
        if (width > int.MaxValue || height > int.MaxValue)
        {
            throw ImageException.Corrupt(ImageFormat.Png, $"its size is {width} x {height}");
        }

        return new ImageHeader(ImageFormat.Png, (int)width, (int)height, FindOrientation(bytes));
    }

    public static void CheckComplete(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.Png);
        bool data = false;
        for (long chunk = FirstChunk; ;)
        {
            uint length = bytes.U32Big(chunk);
            ReadOnlySpan<byte> type = bytes.At(chunk, ChunkOverhead + (long)length).Slice(4, 4);
            data |= type.SequenceEqual("IDAT"u8);
            if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            chunk += ChunkOverhead + length;
        }

        if (!data)
        {
            throw ImageException.Corrupt(ImageFormat.Png, "it has no image data");
        }
    }

    private static Orientation FindOrientation(FileBytes bytes)
    {
        long chunk = FirstChunk;
        while (chunk + ChunkOverhead <= bytes.Length)
        {
            uint length = bytes.U32Big(chunk);
            if (bytes.Has(chunk + 4, "eXIf"u8) && chunk + ChunkOverhead + length <= bytes.Length)
            {
                return TiffDirectory.ReadOrientation(bytes.At(chunk + 8, length));
            }

            chunk += ChunkOverhead + length;
        }

        return Orientation.TopLeft;
    }
}
