using SkiaSharp;

namespace OrleansGallery.Benchmarks.Decoding;

/// <summary>A file to decode, and how it is called in the table.</summary>
internal sealed record DecodingCase(string Name, byte[] File)
{
    private const int Quality = 85;

    /// <summary>Crops of persons first, as they are what a gallery decodes; then what cameras and pages send.</summary>
    public static IReadOnlyList<DecodingCase> All { get; } =
    [
        New(64, 128, SKEncodedImageFormat.Jpeg),
        New(128, 256, SKEncodedImageFormat.Jpeg),
        New(224, 224, SKEncodedImageFormat.Jpeg),
        New(640, 480, SKEncodedImageFormat.Jpeg),
        New(640, 480, SKEncodedImageFormat.Webp),
        New(640, 480, SKEncodedImageFormat.Png),
        New(1920, 1080, SKEncodedImageFormat.Jpeg),
        New(4000, 3000, SKEncodedImageFormat.Jpeg),
    ];

    private static DecodingCase New(int width, int height, SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Draw(bitmap.GetPixelSpan(), width, height);
        using SKData file = bitmap.Encode(format, Quality);
        return new DecodingCase($"{format.ToString().ToUpperInvariant()} {width} x {height}", file.ToArray());
    }

    /// <summary>Waves of several lengths with a little noise: about as many bytes as a photograph has.</summary>
    private static void Draw(Span<byte> rgba, int width, int height)
    {
        Random random = new(width * 31 + height);
        for (int i = 0; i < rgba.Length; i++)
        {
            (int channel, double x, double y) = (i % 4, i / 4 % width, i / 4 / width);
            double wave = 40 * Math.Sin(x / 9 + channel) + 35 * Math.Sin(y / 7 - x / 60) + 30 * Math.Sin((x + y) / 31);
            rgba[i] = channel == 3 ? byte.MaxValue : (byte)Math.Clamp(128 + wave + random.Next(-9, 10), 0, 255);
        }
    }
}
