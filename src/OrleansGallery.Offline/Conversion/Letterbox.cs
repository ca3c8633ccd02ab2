using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>
/// Pictures of one size from pictures of any: shrunk where they are larger, never enlarged, in the middle of white. The
/// published scripts shrink with a Lanczos filter, this with a bicubic one.
/// </summary>
internal static class Letterbox
{
    private const byte White = 255;

    /// <returns>A picture of exactly this size.</returns>
    public static PixelImage Fit(PixelImage image, int width, int height)
    {
        (int innerWidth, int innerHeight) = Inner(image, width, height);
        PixelImage inner = Resizer.Resize(image, innerHeight, innerWidth, ResizeFilter.Bicubic);
        if (innerWidth == width && innerHeight == height)
        {
            return inner;
        }

        const int pixel = PixelImage.Channels;
        byte[] canvas = new byte[width * height * pixel];
        Array.Fill(canvas, White);
        int left = (width - innerWidth) / 2;
        int top = (height - innerHeight) / 2;
        for (int y = 0; y < innerHeight; y++)
        {
            inner.Pixels.Span.Slice(y * innerWidth * pixel, innerWidth * pixel)
                .CopyTo(canvas.AsSpan((((top + y) * width) + left) * pixel));
        }

        return new PixelImage(width, height, canvas);
    }

    private static (int Width, int Height) Inner(PixelImage image, int width, int height)
    {
        double scale = Math.Min(1, Math.Min(width / (double)image.Width, height / (double)image.Height));
        return (Side(image.Width * scale, width), Side(image.Height * scale, height));
    }

    private static int Side(double side, int most) => Math.Clamp((int)Math.Round(side), 1, most);
}
