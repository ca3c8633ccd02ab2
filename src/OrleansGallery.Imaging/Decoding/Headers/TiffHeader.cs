namespace OrleansGallery.Imaging;

/// <summary>TIFF: the first page's size, kind and orientation (TIFF 6.0).</summary>
internal static class TiffHeader
{
    public static ImageHeader Read(ReadOnlySpan<byte> file) =>
        TiffLayout.Read(Open(file)).ToImageHeader(TiffDirectory.ReadOrientation(file));

    /// <summary>The first directory; others, which may go round in circles, are not followed.</summary>
    public static TiffDirectory Open(ReadOnlySpan<byte> file)
    {
        if (file is [_, _, 43, ..] or [_, _, _, 43, ..])
        {
            throw ImageException.Unsupported(ImageFormat.Tiff, "BigTIFF");
        }

        return TiffDirectory.TryOpen(file, out TiffDirectory directory)
            ? directory
            : throw ImageException.Truncated(
                ImageFormat.Tiff, $"its first directory is not within its {file.Length} bytes");
    }
}
