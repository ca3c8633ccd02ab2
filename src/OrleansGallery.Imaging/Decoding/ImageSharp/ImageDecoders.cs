namespace OrleansGallery.Imaging;

public static partial class ImageDecoders
{
    private static partial IPixelReader OpenLibrary(ImagingOptions options) => new ImageSharpDecoder(options);
}
