namespace OrleansGallery.Imaging;

/// <summary>Small pictures for people to look at, as JPEG files that hold nothing but pixels.</summary>
public static class Thumbnails
{
    /// <summary>The longest side, in pixels.</summary>
    public const int MaxSide = 256;

    private const int Quality = 85;

    /// <summary>Makes one. What is small already is not enlarged.</summary>
    /// <param name="image">The picture, upright.</param>
    /// <returns>A JPEG file.</returns>
    public static byte[] Make(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        int longest = Math.Max(image.Width, image.Height);
        return JpegFile.Encode(longest <= MaxSide
            ? image
            : Resizer.Resize(
                image, SideOf(image.Height, longest), SideOf(image.Width, longest), ResizeFilter.Bilinear), Quality);
    }

    private static int SideOf(int side, int longest) =>
        Math.Max(1, (int)Math.Round(side * (double)MaxSide / longest));
}
