using OrleansGallery.Imaging;

namespace OrleansGallery.TorchTests;

/// <summary>Seeded pictures.</summary>
internal static class TestImages
{
    public static PixelImage Noise(int seed, int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(width, height, pixels);
    }

    /// <summary>Noise of 8 x 8 patches that run into each other.</summary>
    public static PixelImage Patches(int seed, int side) =>
        Resizer.Resize(Noise(seed, 8, 8), side, side, ResizeFilter.Bilinear);

    /// <summary>One pixel that stands for a number.</summary>
    public static PixelImage Number(int value) =>
        new(1, 1, new[] { (byte)value, (byte)(value >> 8), (byte)(value >> 16) });

    public static int NumberOf(PixelImage image)
    {
        ReadOnlySpan<byte> pixel = image.Pixels.Span;
        return pixel[0] | (pixel[1] << 8) | (pixel[2] << 16);
    }
}
