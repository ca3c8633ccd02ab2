using static NetVips.NetVips;

namespace OrleansGallery.Imaging;

public static partial class ImageDecoders
{
    /// <inheritdoc/>
    public static partial string Library => $"libvips {Version(0)}.{Version(1)}.{Version(2)}";

    private static partial IPixelReader OpenLibrary(ImagingOptions options) => new NetVipsDecoder();
}
