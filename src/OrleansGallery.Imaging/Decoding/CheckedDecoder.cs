namespace OrleansGallery.Imaging;

/// <summary>The order of checks for every backend: bytes, header, limits, completeness, and only then pixels.</summary>
internal sealed class CheckedDecoder(ImagingOptions options, IPixelReader library) : IImageDecoder
{
    private readonly ImageLimits _limits = new(options);

    /// <inheritdoc/>
    public ImageHeader Inspect(ReadOnlyMemory<byte> file)
    {
        _limits.CheckFile(file.Length);
        ImageHeader header = ImageHeaders.Read(file.Span);
        _limits.CheckSize(header.Format, header.Width, header.Height);
        return header;
    }

    /// <inheritdoc/>
    public PixelImage Decode(ReadOnlyMemory<byte> file)
    {
        ImageHeader header = Inspect(file);
        ImageHeaders.CheckComplete(file.Span, header.Format);
        RgbCanvas canvas = new(header);
        IPixelReader reader = header.Format == ImageFormat.Bmp ? BmpReader.Instance : library;
        reader.Read(file, header, canvas);
        return canvas.ToImage();
    }
}
