namespace OrleansGallery.Imaging;

/// <summary>WebP: size from VP8X, VP8 or VP8L, EXIF, and that the RIFF container is whole (RFC 9649).</summary>
internal static class WebPHeader
{
    private const int FirstChunk = 12;
    private const int ChunkHeader = 8;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.WebP);
        const int payload = FirstChunk + ChunkHeader;
        if (bytes.Has(FirstChunk, "VP8X"u8))
        {
            return Header(bytes.U24Little(payload + 4) + 1, bytes.U24Little(payload + 7) + 1, FindOrientation(bytes));
        }

        if (bytes.Has(FirstChunk, "VP8L"u8))
        {
            uint size = bytes.U32Little(payload + 1);
            return bytes.U8(payload) == 0x2F
                ? Header((int)(size & 0x3FFF) + 1, (int)(size >> 14 & 0x3FFF) + 1)
                : throw ImageException.Corrupt(ImageFormat.WebP, "its lossless data has no signature");
        }

        if (bytes.At(FirstChunk, 4).SequenceEqual("VP8 "u8))
        {
            bool keyFrame = (bytes.U8(payload) & 1) == 0
                && bytes.At(payload + 3, 3).SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]);
            return keyFrame
                ? Header(bytes.U16Little(payload + 6) & 0x3FFF, bytes.U16Little(payload + 8) & 0x3FFF)
                : throw ImageException.Corrupt(ImageFormat.WebP, "its lossy data is no key frame");
        }

        throw ImageException.Corrupt(ImageFormat.WebP, "its first chunk is none of VP8X, VP8L and VP8");
    }

    public static void CheckComplete(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.WebP);
        long end = ChunkHeader + (long)bytes.U32Little(4);
        if (end > file.Length)
        {
            throw ImageException.Truncated(ImageFormat.WebP, "its container", end, file.Length);
        }

        bool picture = false;
        for (long chunk = FirstChunk; chunk + ChunkHeader <= end;)
        {
            long next = chunk + ChunkHeader + bytes.U32Little(chunk + 4);
            if (next > end)
            {
                throw ImageException.Truncated(ImageFormat.WebP, $"its chunk at byte {chunk}", next, end);
            }

            picture |= bytes.Has(chunk, "VP8 "u8) || bytes.Has(chunk, "VP8L"u8) || bytes.Has(chunk, "ANMF"u8);
            chunk = next + (next & 1);
        }

        if (!picture)
        {
            throw ImageException.Corrupt(ImageFormat.WebP, "it has no image data");
        }
    }

    private static ImageHeader Header(int width, int height, Orientation orientation = Orientation.TopLeft) =>
        new(ImageFormat.WebP, width, height, orientation);

    private static Orientation FindOrientation(FileBytes bytes)
    {
        for (long chunk = FirstChunk; chunk + ChunkHeader <= bytes.Length;)
        {
            uint length = bytes.U32Little(chunk + 4);
            if (bytes.Has(chunk, "EXIF"u8) && chunk + ChunkHeader + length <= bytes.Length)
            {
                ReadOnlySpan<byte> exif = bytes.At(chunk + ChunkHeader, length);
                // Some writers keep JPEG's prefix.
                return TiffDirectory.ReadOrientation(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
            }

            chunk += ChunkHeader + length + (length & 1);
        }

        return Orientation.TopLeft;
    }
}
