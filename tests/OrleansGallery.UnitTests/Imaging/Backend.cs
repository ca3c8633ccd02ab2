using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Which library the decoder under test was built on.</summary>
internal static class Backend
{
    /// <summary>
    /// Whether it decodes as Pillow does to the last bit: libvips brings the same libjpeg-turbo and libwebp code. Other
    /// libraries round and enlarge chroma in their own ways.
    /// </summary>
    public static bool IsExact { get; } =
        typeof(ImageDecoders).Assembly.GetType("OrleansGallery.Imaging.NetVipsDecoder") is not null;
}
