namespace OrleansGallery.Imaging;

/// <summary>
/// Format and dimensions from the bytes alone, the same whichever library decodes afterwards: limits must not depend
/// on how a library reads a hostile header.
/// </summary>
internal static class ImageHeaders
{
    /// <summary>Recognises the format by content and reads its header.</summary>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        ImageFormat format = Recognise(file);
        ImageHeader header = format switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(file),
            ImageFormat.Png => PngHeader.Read(file),
            ImageFormat.WebP => WebPHeader.Read(file),
            ImageFormat.Gif => GifFrame.Read(file).ToImageHeader(),
            ImageFormat.Bmp => BmpHeader.ReadImage(file),
            _ => TiffHeader.Read(file),
        };
        return header is { Width: > 0, Height: > 0 }
            ? header
            : throw ImageException.Corrupt(format, $"its size is {header.Width} x {header.Height}");
    }

    /// <summary>
    /// Refuses a file that ends early. Needed because libraries decode what there is of a JPEG or WebP without an
    /// error, and a half-grey picture has an embedding too.
    /// </summary>
    public static void CheckComplete(ReadOnlySpan<byte> file, ImageHeader header)
    {
        switch (header.Format)
        {
            case ImageFormat.Jpeg:
                JpegHeader.CheckComplete(file, header);
                break;
            case ImageFormat.Png:
                PngHeader.CheckComplete(file);
                break;
            case ImageFormat.WebP:
                WebPHeader.CheckComplete(file);
                break;
            default:
                break; // BMP, GIF and TIFF: our own readers see every byte.
        }
    }

    private static ImageFormat Recognise(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            ImageFormat.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'B', (byte)'M', ..] => ImageFormat.Bmp,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
        _ => throw new ImageException(
            ImageFault.UnknownFormat,
            $"The file of {file.Length} bytes is none of JPEG, PNG, WebP, GIF, BMP and TIFF; " +
            $"it begins with {Convert.ToHexString(file[..Math.Min(8, file.Length)])}."),
    };
}
