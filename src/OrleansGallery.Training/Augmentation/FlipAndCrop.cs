using OrleansGallery.Drawing;
using OrleansGallery.Imaging;

namespace OrleansGallery.Training;

/// <summary>Mirrors an image, puts a frame around it and cuts a part of the old size out.</summary>
internal static class FlipAndCrop
{
    /// <summary>Draws flip and place, in that order, and applies them.</summary>
    public static void Apply(
        AugmentationOptions options,
        ReadOnlySpan<byte> source,
        int height,
        int width,
        IRandomNumbers random,
        Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool flip = random.Chance(options.FlipProbability);
        int top = random.Below((2 * options.Padding) + 1);
        int left = random.Below((2 * options.Padding) + 1);
        Apply(source, height, width, flip, options.Padding, top, left, destination, (byte)options.PaddingLevel);
    }

    /// <summary>Applies given choices.</summary>
    /// <param name="source">The pixels.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="flip">Whether it is mirrored first.</param>
    /// <param name="padding">The frame's width.</param>
    /// <param name="top">The cut's first row in the framed image.</param>
    /// <param name="left">The cut's first column in it.</param>
    /// <param name="destination">As many bytes.</param>
    /// <param name="level">The frame's grey level.</param>
    public static void Apply(
        ReadOnlySpan<byte> source,
        int height,
        int width,
        bool flip,
        int padding,
        int top,
        int left,
        Span<byte> destination,
        byte level = 0)
    {
        const int pixel = PixelImage.Channels;
        int shiftX = left - padding;
        int from = Math.Max(0, -shiftX); // First and last column that come from the image.
        int to = Math.Min(width, width - shiftX);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = destination.Slice(y * width * pixel, width * pixel);
            int sourceY = y + top - padding;
            if (sourceY < 0 || sourceY >= height || to <= from)
            {
                row.Fill(level);
                continue;
            }

            ReadOnlySpan<byte> line = source.Slice(sourceY * width * pixel, width * pixel);
            row[..(from * pixel)].Fill(level);
            row[(to * pixel)..].Fill(level);
            if (!flip)
            {
                line.Slice((from + shiftX) * pixel, (to - from) * pixel).CopyTo(row[(from * pixel)..]);
                continue;
            }

            for (int x = from; x < to; x++)
            {
                line.Slice((width - 1 - x - shiftX) * pixel, pixel).CopyTo(row[(x * pixel)..]);
            }
        }
    }
}
