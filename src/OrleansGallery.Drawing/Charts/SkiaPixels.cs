using OrleansGallery.Imaging;
using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Between this system's pixels and Skia's.</summary>
internal static class SkiaPixels
{
    /// <summary>Copies pixels; the caller disposes of the bitmap.</summary>
    public static SKBitmap ToBitmap(PixelImage image)
    {
        SKBitmap bitmap = new(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> target = bitmap.GetPixelSpan();
        ReadOnlySpan<byte> source = image.Pixels.Span;
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            source.Slice(i * PixelImage.Channels, PixelImage.Channels).CopyTo(target[(i * 4)..]);
            target[(i * 4) + 3] = byte.MaxValue;
        }

        return bitmap;
    }

    public static byte[] EncodePng(PixelImage image)
    {
        using SKBitmap bitmap = ToBitmap(image);
        return EncodePng(bitmap);
    }

    public static byte[] EncodePng(SKBitmap bitmap)
    {
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100)
            ?? throw new InvalidOperationException("Skia could not encode a PNG.");
        return png.ToArray();
    }
}
