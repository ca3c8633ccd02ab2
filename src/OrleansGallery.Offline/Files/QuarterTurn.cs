using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>Turns an image by right angles.</summary>
internal static class QuarterTurn
{
    /// <summary>Turns against the clock.</summary>
    public static PixelImage Apply(PixelImage image, int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            image = Once(image);
        }

        return image;
    }

    private static PixelImage Once(PixelImage image)
    {
        const int pixel = PixelImage.Channels;
        ReadOnlySpan<byte> source = image.Pixels.Span;
        byte[] turned = new byte[source.Length];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                // The right edge becomes the top.
                int to = (((image.Width - 1 - x) * image.Height) + y) * pixel;
                source.Slice(((y * image.Width) + x) * pixel, pixel).CopyTo(turned.AsSpan(to));
            }
        }

        return new PixelImage(image.Height, image.Width, turned);
    }
}
