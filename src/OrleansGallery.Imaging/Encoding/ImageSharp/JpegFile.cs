using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace OrleansGallery.Imaging;

public static partial class JpegFile
{
    private static readonly Configuration OneThread = new() { MaxDegreeOfParallelism = 1 };

    private static partial byte[] Write(PixelImage image, int quality)
    {
        using Image<Rgb24> pixels =
            Image.LoadPixelData<Rgb24>(OneThread, image.Pixels.Span, image.Width, image.Height);
        using MemoryStream file = new();
        pixels.Save(file, new JpegEncoder { Quality = quality, ColorType = JpegColorType.YCbCrRatio420 });
        return file.ToArray();
    }
}
