using OrleansGallery.Imaging;
using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Cuts photographs into crops worth recognising. The same files and seed give the same crops.</summary>
internal static class CropCutter
{
    private const int GradientLevels = 6;
    private const double GradientShare = 0.25;
    private const double MinDeviation = 12;
    private const long MaxCutoutPixels = 64_000_000;

    /// <summary>Cuts one photograph.</summary>
    /// <param name="photograph">The picture.</param>
    /// <param name="maxTries">Crops tried at most; a small photograph has room for fewer different ones.</param>
    /// <param name="side">Their side once kept.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>Red, green, blue, alpha.</returns>
    public static IEnumerable<byte[]> Cut(PixelImage photograph, int maxTries, int side, IRandomNumbers random)
    {
        int most = Math.Min(photograph.Width, photograph.Height);
        long room = (long)photograph.Width * photograph.Height / (side * side);
        long tries = Math.Clamp(room, 1, maxTries);
        for (int i = 0; i < tries && most >= side; i++)
        {
            // Log-uniform from the crop's own size to the whole picture.
            double growth = Math.Exp(random.NextDouble() * Math.Log((double)most / side));
            int size = Math.Clamp((int)(side * growth), side, most);
            int left = random.Below(photograph.Width - size + 1);
            int top = random.Below(photograph.Height - size + 1);
            PixelImage crop = Resizer.Resize(Part(photograph, left, top, size), side, side, ResizeFilter.Bilinear);
            if (HasStructure(crop.Pixels.Span, side))
            {
                yield return WithAlpha(crop.Pixels.Span);
            }
        }
    }

    /// <summary>Reads an object with alpha, fitted into a square.</summary>
    /// <returns>Red, green, blue, alpha; null where it has no outline to speak of.</returns>
    public static byte[]? ReadCutout(string path, int side)
    {
        using SKCodec? codec = SKCodec.Create(path);
        if (codec is null || Math.Min(codec.Info.Width, codec.Info.Height) < side / 4
            || (long)codec.Info.Width * codec.Info.Height > MaxCutoutPixels)
        {
            return null;
        }

        using SKBitmap? bitmap = SKBitmap.Decode(codec, codec.Info.WithAlphaType(SKAlphaType.Unpremul));
        if (bitmap is null)
        {
            return null;
        }

        using SKBitmap square = new(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        using (SKCanvas canvas = new(square))
        {
            canvas.Clear(SKColors.Transparent);
            float scale = Math.Min((float)side / bitmap.Width, (float)side / bitmap.Height);
            float width = bitmap.Width * scale;
            float height = bitmap.Height * scale;
            using SKImage image = SKImage.FromBitmap(bitmap);
            canvas.DrawImage(
                image,
                SKRect.Create((side - width) / 2, (side - height) / 2, width, height),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        byte[] rgba = square.Bytes;
        int solid = 0;
        for (int i = 3; i < rgba.Length; i += 4)
        {
            solid += rgba[i] > 127 ? 1 : 0;
        }

        return solid > side * side / 20 && solid < side * side * 19 / 20 ? rgba : null;
    }

    private static PixelImage Part(PixelImage image, int left, int top, int size)
    {
        byte[] pixels = new byte[size * size * PixelImage.Channels];
        for (int y = 0; y < size; y++)
        {
            image.Pixels.Span
                .Slice((((top + y) * image.Width) + left) * PixelImage.Channels, size * PixelImage.Channels)
                .CopyTo(pixels.AsSpan(y * size * PixelImage.Channels));
        }

        return new PixelImage(size, size, pixels);
    }

    private static bool HasStructure(ReadOnlySpan<byte> rgb, int side)
    {
        double sum = 0, squares = 0;
        int edges = 0;
        for (int y = 0; y < side - 1; y++)
        {
            for (int x = 0; x < side - 1; x++)
            {
                int at = ((y * side) + x) * PixelImage.Channels;
                int level = Level(rgb, at);
                sum += level;
                squares += level * level;
                int steep = Math.Max(
                    Math.Abs(level - Level(rgb, at + PixelImage.Channels)),
                    Math.Abs(level - Level(rgb, at + (side * PixelImage.Channels))));
                edges += steep > GradientLevels ? 1 : 0;
            }
        }

        double count = (side - 1) * (side - 1);
        return edges > GradientShare * count
            && (squares / count) - (sum / count * (sum / count)) > MinDeviation * MinDeviation;
    }

    private static int Level(ReadOnlySpan<byte> rgb, int at) =>
        ((rgb[at] * 77) + (rgb[at + 1] * 150) + (rgb[at + 2] * 29)) >> 8;

    private static byte[] WithAlpha(ReadOnlySpan<byte> rgb)
    {
        byte[] rgba = new byte[rgb.Length / 3 * 4];
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgb.Slice(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = 255;
        }

        return rgba;
    }
}
