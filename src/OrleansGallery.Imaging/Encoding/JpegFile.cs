namespace OrleansGallery.Imaging;

/// <summary>Writes pictures as JPEG files that hold nothing but pixels, with halved chroma.</summary>
public static partial class JpegFile
{
    /// <summary>Writes one.</summary>
    /// <param name="image">The picture, upright.</param>
    /// <param name="quality">1 to 100.</param>
    /// <returns>The file; the same picture and quality give the same bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such quality.</exception>
    public static byte[] Encode(PixelImage image, int quality)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Write(image, quality);
    }

    private static partial byte[] Write(PixelImage image, int quality);
}
