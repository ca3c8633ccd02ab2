using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference.Graphs;

/// <summary>Pixels as a graph wants them.</summary>
internal static class GraphPixels
{
    private const int Channels = PixelImage.Channels;

    /// <param name="images">Images of the model's input size.</param>
    /// <param name="normalization">Mean and deviation.</param>
    /// <param name="use">The order of axes and colours.</param>
    /// <param name="destination">A whole batch; places behind the images become zero.</param>
    public static void Fill(
        IReadOnlyList<PixelImage> images, Normalization normalization, GraphUse use, Span<float> destination)
    {
        int length = images[0].Pixels.Length;
        for (int i = 0; i < images.Count; i++)
        {
            FillOne(images[i].Pixels.Span, normalization, use, destination.Slice(i * length, length));
        }

        destination[(images.Count * length)..].Clear();
    }

    private static void FillOne(
        ReadOnlySpan<byte> pixels, Normalization normalization, GraphUse use, Span<float> destination)
    {
        int plane = pixels.Length / Channels;
        for (int place = 0; place < Channels; place++)
        {
            int channel = use.Channels == GraphChannels.Rgb ? place : Channels - 1 - place;
            ReadOnlySpan<float> levels = normalization.Levels256(channel);
            (int first, int step) = use.Layout == GraphLayout.Nchw ? (place * plane, 1) : (place, Channels);
            for (int i = 0, to = first; i < plane; i++, to += step)
            {
                destination[to] = levels[pixels[(i * Channels) + channel]];
            }
        }
    }
}
