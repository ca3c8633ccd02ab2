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

    public static PixelImage Synthetic(int number, int side) =>
        new(side, side, Inference.Models.SyntheticImages.Draw(number, side));

    /// <summary>One pixel that stands for a number.</summary>
    public static PixelImage Number(int value) =>
        new(1, 1, new[] { (byte)value, (byte)(value >> 8), (byte)(value >> 16) });

    public static int NumberOf(PixelImage image)
    {
        ReadOnlySpan<byte> pixel = image.Pixels.Span;
        return pixel[0] | (pixel[1] << 8) | (pixel[2] << 16);
    }
}
