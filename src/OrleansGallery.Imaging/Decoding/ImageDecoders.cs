using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Imaging;

/// <summary>The way to a decoder.</summary>
public static partial class ImageDecoders
{
    /// <summary>The library that was compiled in, with its version.</summary>
    public static partial string Library { get; }

    /// <summary>The decoder on the library that was compiled in (build property <c>ImageBackend</c>).</summary>
    /// <param name="options">The limits; copied, later changes have no effect.</param>
    /// <returns>A decoder safe for concurrent use.</returns>
    /// <exception cref="ValidationException">A limit is out of its range.</exception>
    public static IImageDecoder Create(ImagingOptions options) => new CheckedDecoder(options, OpenLibrary(options));

    private static partial IPixelReader OpenLibrary(ImagingOptions options);
}
