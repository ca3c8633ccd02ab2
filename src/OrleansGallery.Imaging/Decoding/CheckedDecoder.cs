namespace OrleansGallery.Imaging;

/// <summary>
/// The order of checks for every backend: bytes, header, limits, memory, completeness; then the file is written anew
/// with nothing but its picture, and only that goes to the library.
/// </summary>
internal sealed class CheckedDecoder(ImagingOptions options, IPixelReader library) : IImageDecoder
{
    private readonly ImageLimits _limits = new(options);
    private readonly WebPReader _webP = new(library);

    /// <inheritdoc/>
    public ImageHeader Inspect(ReadOnlyMemory<byte> file)
    {
        _limits.CheckFile(file.Length);
        ImageHeader header = ImageHeaders.Read(file.Span);
        _limits.CheckSize(header.Format, header.Width, header.Height);
        return header;
    }

    /// <inheritdoc/>
    public PixelImage Decode(ReadOnlyMemory<byte> file, Transparency transparency = default)
    {
        ImageHeader header = Inspect(file);
        IPixelReader reader = ReaderOf(header.Format);
        _limits.CheckMemory(header, reader.PixelBytes(header) + PixelImage.Channels);
        ImageHeaders.CheckComplete(file.Span, header);
        RgbCanvas canvas = new(header, transparency);
        reader.Read(Repacked(file, header.Format), header, canvas);
        return canvas.ToImage();
    }

    /// <summary>Own readers are for formats small enough to be read here, every byte checked.</summary>
    private IPixelReader ReaderOf(ImageFormat format) => format switch
    {
        ImageFormat.Bmp => BmpReader.Instance,
        ImageFormat.Gif => GifReader.Instance,
        ImageFormat.Pnm => PnmReader.Instance,
        ImageFormat.Tiff => TiffReader.Instance,
        ImageFormat.WebP => _webP,
        _ => library,
    };

    private static ReadOnlyMemory<byte> Repacked(ReadOnlyMemory<byte> file, ImageFormat format) => format switch
    {
        ImageFormat.Png => PngRepacker.Repack(file.Span),
        ImageFormat.Jpeg => JpegRepacker.Repack(file.Span),
        _ => file,
    };
}
