namespace OrleansGallery.Imaging;

/// <summary>PNG: IHDR, EXIF in eXIf, and that IEND closes it (PNG specification 3, sections 5 and 11).</summary>
internal static class PngHeader
{
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        PngLayout layout = PngLayout.Read(file);
        Orientation orientation = Orientation.TopLeft;
        bool hasExif = false;
        bool isTransparent = layout.HasAlpha;
        for (PngChunks chunks = new(file); chunks.MoveNext();)
        {
            isTransparent |= chunks.Is("tRNS"u8);
            if (!hasExif && chunks.Is("eXIf"u8))
            {
                hasExif = true;
                orientation = TiffDirectory.ReadOrientation(chunks.Content);
            }
        }

        return new ImageHeader(ImageFormat.Png, (int)layout.Width, (int)layout.Height, orientation)
        {
            MayBeTransparent = isTransparent,
            IsDeep = layout.BitDepth == 16,
            WorkBytes = (layout.BitsPerPixel + 7) / 8 * (layout.IsInterlaced ? 2 : 1),
        };
    }

    public static void CheckComplete(ReadOnlySpan<byte> file)
    {
        bool data = false;
        PngChunks chunks = new(file);
        while (chunks.MoveNext())
        {
            data |= chunks.Is("IDAT"u8);
            if (!chunks.Is("IEND"u8))
            {
                continue;
            }

            if (!data)
            {
                throw ImageException.Corrupt(ImageFormat.Png, "it has no image data");
            }

            return;
        }

        throw ImageException.Truncated(ImageFormat.Png, $"no end chunk in its {file.Length} bytes");
    }
}
