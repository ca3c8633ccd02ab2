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
            ImageFormat.Pnm => PnmHeader.Read(file).ToImageHeader(),
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
                break; // BMP, GIF, PNM and TIFF: our own readers see every byte.
        }
    }

    private static ImageFormat Recognise(ReadOnlySpan<byte> file) =>
        ImageSignature.FormatOf(file) ?? throw new ImageException(
            ImageFault.UnknownFormat,
            $"The file of {file.Length} bytes is {ImageSignature.Describe(file)}; JPEG, PNG, WebP, GIF, BMP, TIFF and "
            + "PNM are read.");
}
