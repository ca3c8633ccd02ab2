namespace OrleansGallery.Imaging;

/// <summary>What a file says about its first frame, read without decoding a pixel.</summary>
/// <param name="Format">The format by content.</param>
/// <param name="Width">Pixels per row as stored, before orientation is applied.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Orientation">How to turn the stored pixels upright.</param>
public readonly record struct ImageHeader(ImageFormat Format, int Width, int Height, Orientation Orientation)
{
    /// <summary>Whether pixels may be other than opaque.</summary>
    internal bool MayBeTransparent { get; init; }

    /// <summary>Whether samples have 16 bits, of which the high byte is kept.</summary>
    internal bool IsDeep { get; init; }

    /// <summary>
    /// Bytes per pixel that the format makes any decoder hold for the whole picture: inflated samples, or the
    /// coefficients of a progressive JPEG.
    /// </summary>
    internal int WorkBytes { get; init; }

    /// <summary>The width that <see cref="IImageDecoder.Decode"/> returns.</summary>
    public int UprightWidth => Orientation.SwapsSides() ? Height : Width;

    /// <summary>The height that <see cref="IImageDecoder.Decode"/> returns.</summary>
    public int UprightHeight => Orientation.SwapsSides() ? Width : Height;
}
