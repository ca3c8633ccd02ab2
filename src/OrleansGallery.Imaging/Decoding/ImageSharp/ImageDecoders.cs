using SixLabors.ImageSharp;

namespace OrleansGallery.Imaging;

public static partial class ImageDecoders
{
    /// <inheritdoc/>
    public static partial string Library => $"ImageSharp {typeof(Image).Assembly.GetName().Version?.ToString(3)}";

    private static partial IPixelReader OpenLibrary(ImagingOptions options) => new ImageSharpDecoder(options);
}
