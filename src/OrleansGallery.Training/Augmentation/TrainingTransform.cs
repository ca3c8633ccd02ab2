using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Training;

/// <summary>
/// Pixels of the input's size to the numbers that are trained on: flip, pad, crop, normalise, erase, in the paper's
/// order. It has a buffer of its own, so every thread has its own transform.
/// </summary>
internal sealed class TrainingTransform(
    AugmentationOptions options, Normalization normalization, int height, int width)
{
    private readonly byte[] _pixels = new byte[height * width * PixelImage.Channels];

    /// <summary>Transforms one image.</summary>
    /// <param name="resized">Its pixels, of the input's size.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="destination">[3, H, W].</param>
    public void Apply(ReadOnlySpan<byte> resized, IRandomNumbers random, Span<float> destination)
    {
        FlipAndCrop.Apply(options, resized, height, width, random, _pixels);
        ImageTensor.Fill([new PixelImage(width, height, _pixels)], normalization, destination);
        if (RandomErasing.Draw(options, height, width, random) is { } area)
        {
            RandomErasing.Fill(area, normalization.Mean, destination, height, width);
        }
    }
}
