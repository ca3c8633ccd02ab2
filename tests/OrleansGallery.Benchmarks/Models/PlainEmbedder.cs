using OrleansGallery.Imaging;
using OrleansGallery.Inference;

namespace OrleansGallery.Benchmarks.Models;

/// <summary>What any embedding must beat: a colour histogram, and the image itself at 16 x 16 pixels.</summary>
internal static class PlainEmbedder
{
    private const int Levels = 4;
    private const int Side = 16;

    /// <summary>The input that a plain embedder reads.</summary>
    /// <param name="side">Its side in pixels.</param>
    public static ModelDescription Input(int side) => new()
    {
        Id = "none",
        Architecture = "none",
        Dimension = side == Side ? Side * Side * PixelImage.Channels : Levels * Levels * Levels,
        InputHeight = side,
        InputWidth = side,
        Provenance = string.Empty,
        Sha256 = string.Empty,
    };

    /// <summary>Shares of 64 colours, four levels per channel; square roots, so that rare colours count.</summary>
    public static IReadOnlyList<float[]> Histogram(IReadOnlyList<PixelImage> images) => [.. images.Select(image =>
    {
        float[] bins = new float[Levels * Levels * Levels];
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        for (int i = 0; i < pixels.Length; i += PixelImage.Channels)
        {
            bins[(pixels[i] / 64 * 16) + (pixels[i + 1] / 64 * 4) + (pixels[i + 2] / 64)]++;
        }

        return Array.ConvertAll(bins, MathF.Sqrt);
    })];

    /// <summary>The pixels of an image of 16 x 16, without their mean.</summary>
    public static IReadOnlyList<float[]> Pixels(IReadOnlyList<PixelImage> images) => [.. images.Select(image =>
    {
        float[] values = [.. image.Pixels.ToArray().Select(value => (float)value)];
        float mean = values.Average();
        // A picture of one colour has no direction; the first component keeps it comparable.
        float[] centred = Array.ConvertAll(values, value => value - mean);
        centred[0] += centred.All(value => value == 0) ? 1 : 0;
        return centred;
    })];
}
