using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>Hides a rectangle of the normalised image.</summary>
/// <remarks>
/// Zhong et al., "Random Erasing Data Augmentation", 2017. As in the paper's code the fill is the mean on the scale 0
/// to 1 although the image is normalised already: a mid grey, not zero.
/// </remarks>
internal static class RandomErasing
{
    private const int Attempts = 100;

    /// <summary>Draws the rectangle.</summary>
    /// <returns>The rectangle; null where nothing is erased.</returns>
    public static ErasedArea? Draw(AugmentationOptions options, int height, int width, IRandomNumbers random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (random.Uniform(0, 1) >= options.ErasingProbability)
        {
            return null;
        }

        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            double area = random.Uniform(options.ErasingMinArea, options.ErasingMaxArea) * height * width;
            double aspect = random.Uniform(options.ErasingAspect, 1 / options.ErasingAspect);
            int rows = (int)Math.Round(Math.Sqrt(area * aspect));
            int columns = (int)Math.Round(Math.Sqrt(area / aspect));
            if (rows < height && columns < width)
            {
                int top = random.Below(height - rows + 1);
                return new ErasedArea(top, random.Below(width - columns + 1), rows, columns);
            }
        }

        return null;
    }

    /// <summary>Fills the rectangle.</summary>
    /// <param name="area">The rectangle.</param>
    /// <param name="fill">One value per channel.</param>
    /// <param name="image">[3, H, W].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    public static void Fill(ErasedArea area, IReadOnlyList<float> fill, Span<float> image, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(fill);
        for (int channel = 0; channel < fill.Count; channel++)
        {
            Span<float> plane = image.Slice(channel * height * width, height * width);
            for (int row = area.Top; row < area.Top + area.Height; row++)
            {
                plane.Slice((row * width) + area.Left, area.Width).Fill(fill[channel]);
            }
        }
    }
}
