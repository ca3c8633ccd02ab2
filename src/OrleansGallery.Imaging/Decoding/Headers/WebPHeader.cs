namespace OrleansGallery.Imaging;

/// <summary>WebP: size from VP8X, VP8 or VP8L, EXIF, and that the RIFF container is whole (RFC 9649).</summary>
internal static class WebPHeader
{
    private const byte AlphaFlag = 0x10;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        FileBytes bytes = new(file, ImageFormat.WebP);
        const int payload = WebPChunks.First + WebPChunks.Header;
        if (bytes.Has(WebPChunks.First, "VP8X"u8))
        {
            (int width, int height) = (bytes.U24Little(payload + 4) + 1, bytes.U24Little(payload + 7) + 1);
            return new ImageHeader(ImageFormat.WebP, width, height, FindOrientation(file))
            {
                MayBeTransparent = (bytes.U8(payload) & AlphaFlag) != 0,
            };
        }

        WebPChunks chunks = new(file);
        return chunks.MoveNext() && WebPPicture.TryRead(chunks, out WebPPicture picture)
            ? new ImageHeader(ImageFormat.WebP, picture.Width, picture.Height, Orientation.TopLeft)
            {
                MayBeTransparent = picture.HasAlpha,
            }
            : throw ImageException.Corrupt(ImageFormat.WebP, "its first chunk is none of VP8X, VP8L and VP8");
    }

    public static void CheckComplete(ReadOnlySpan<byte> file)
    {
        long end = WebPChunks.Header + (long)new FileBytes(file, ImageFormat.WebP).U32Little(4);
        if (end > file.Length)
        {
            throw ImageException.Truncated(ImageFormat.WebP, "its container", end, file.Length);
        }

        bool picture = false;
        WebPChunks chunks = new(file[..(int)end]);
        while (chunks.MoveNext())
        {
            picture |= chunks.Is("VP8 "u8) || chunks.Is("VP8L"u8) || chunks.Is("ANMF"u8);
        }

        if (!picture)
        {
            throw ImageException.Corrupt(ImageFormat.WebP, "it has no image data");
        }
    }

    private static Orientation FindOrientation(ReadOnlySpan<byte> file)
    {
        WebPChunks chunks = new(file);
        while (chunks.TryMoveNext())
        {
            if (chunks.Is("EXIF"u8))
            {
                // Some writers keep JPEG's prefix.
                ReadOnlySpan<byte> exif = chunks.Content;
                return TiffDirectory.ReadOrientation(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
            }
        }

        return Orientation.TopLeft;
    }
}
