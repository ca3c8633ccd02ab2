using OrleansGallery.Imaging;
using OrleansGallery.Offline;

namespace OrleansGallery.Benchmarks.Models;

/// <summary>What any embedding must beat: a colour histogram, and the image itself at 16 x 16 pixels.</summary>
internal static class PlainEmbedder
{
    private const int Levels = 4;
    private const int Side = 16;

    /// <summary>Shares of 64 colours, four levels per channel; square roots, so that rare colours count.</summary>
    /// <param name="side">Of images of this side.</param>
    public static PixelEmbedder Histogram(int side) => new()
    {
        Height = side, Width = side, Dimension = Levels * Levels * Levels, Embed = Histograms,
    };

    /// <summary>The pixels of an image of 16 x 16, without their mean.</summary>
    public static PixelEmbedder Thumbnail => new()
    {
        Height = Side, Width = Side, Dimension = Side * Side * PixelImage.Channels, Embed = Pixels,
    };

    private static IReadOnlyList<float[]> Histograms(IReadOnlyList<PixelImage> images) => [.. images.Select(image =>
    {
        float[] bins = new float[Levels * Levels * Levels];
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        for (int i = 0; i < pixels.Length; i += PixelImage.Channels)
        {
            bins[(pixels[i] / 64 * 16) + (pixels[i + 1] / 64 * 4) + (pixels[i + 2] / 64)]++;
        }

        return Array.ConvertAll(bins, MathF.Sqrt);
    })];

    private static IReadOnlyList<float[]> Pixels(IReadOnlyList<PixelImage> images) => [.. images.Select(image =>
    {
        float[] values = [.. image.Pixels.ToArray().Select(value => (float)value)];
        float mean = values.Average();
        // A picture of one colour has no direction; the first component keeps it comparable.
        float[] centred = Array.ConvertAll(values, value => value - mean);
        centred[0] += centred.All(value => value == 0) ? 1 : 0;
        return centred;
    })];
}
