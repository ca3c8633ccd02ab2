using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Which library the decoder under test was built on.</summary>
internal static class Backend
{
    /// <summary>
    /// Whether JPEG and WebP are decoded as Pillow does to the last bit: libvips brings the same libjpeg-turbo and
    /// libwebp code. ImageSharp rounds in its own way and enlarges halved chroma without smoothing. All other formats
    /// are Pillow's on both.
    /// </summary>
    public static bool IsExact { get; } =
        typeof(ImageDecoders).Assembly.GetType("OrleansGallery.Imaging.NetVipsDecoder") is not null;
}
