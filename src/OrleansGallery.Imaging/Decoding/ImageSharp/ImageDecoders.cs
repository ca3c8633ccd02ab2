using System.Reflection;
using SixLabors.ImageSharp;

namespace OrleansGallery.Imaging;

public static partial class ImageDecoders
{
    /// <inheritdoc/>
    public static partial string Library => "ImageSharp " + typeof(Image).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static partial IPixelReader OpenLibrary(ImagingOptions options) => new ImageSharpDecoder(options);
}
