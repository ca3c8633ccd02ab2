using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace OrleansGallery.Imaging;

public static partial class Thumbnails
{
    private static readonly JpegEncoder Encoder = new() { Quality = Quality, ColorType = JpegColorType.YCbCrRatio420 };

    private static readonly Configuration OneThread = new() { MaxDegreeOfParallelism = 1 };

    private static partial byte[] Encode(PixelImage image)
    {
        using Image<Rgb24> pixels =
            Image.LoadPixelData<Rgb24>(OneThread, image.Pixels.Span, image.Width, image.Height);
        using MemoryStream file = new();
        pixels.Save(file, Encoder);
        return file.ToArray();
    }
}
