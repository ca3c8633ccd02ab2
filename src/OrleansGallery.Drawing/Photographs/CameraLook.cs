namespace OrleansGallery.Drawing;

/// <summary>
/// What light and camera do to a view: gains, contrast, saturation, a coarse sensor, noise, JPEG-like blocks.
/// </summary>
internal static class CameraLook
{
    private const int Block = 8;

    public static void Apply(float[] rgb, int height, int width, IRandomNumbers random)
    {
        Colour(rgb, random);
        if (random.Chance(0.25))
        {
            Coarsen(rgb, height, width, 2 + random.Below(3));
        }

        if (random.Chance(0.2))
        {
            Blocks(rgb, height, width, random.Uniform(8, 40));
        }

        if (random.Chance(0.25))
        {
            double deviation = random.Uniform(2, 16);
            for (int i = 0; i < rgb.Length; i++)
            {
                // The sum of two uniform numbers is bell enough here, and much cheaper than a normal one.
                rgb[i] += (float)(deviation * 2.45 * (random.NextDouble() + random.NextDouble() - 1));
            }
        }
    }

    private static void Colour(float[] rgb, IRandomNumbers random)
    {
        double gain = Math.Exp(0.25 * random.Normal());
        float[] gains = [.. Enumerable.Range(0, 3).Select(_ => (float)(gain * Math.Exp(0.1 * random.Normal())))];
        float contrast = (float)Math.Exp(0.2 * random.Normal());
        float saturation = (float)Math.Exp(0.25 * random.Normal());
        for (int i = 0; i < rgb.Length; i += 3)
        {
            float red = (((rgb[i] - 128) * contrast) + 128) * gains[0];
            float green = (((rgb[i + 1] - 128) * contrast) + 128) * gains[1];
            float blue = (((rgb[i + 2] - 128) * contrast) + 128) * gains[2];
            float grey = (0.3f * red) + (0.59f * green) + (0.11f * blue);
            rgb[i] = grey + ((red - grey) * saturation);
            rgb[i + 1] = grey + ((green - grey) * saturation);
            rgb[i + 2] = grey + ((blue - grey) * saturation);
        }
    }

    // The mean of f x f pixels, blown up again.
    private static void Coarsen(float[] rgb, int height, int width, int factor)
    {
        for (int y = 0; y < height; y += factor)
        {
            for (int x = 0; x < width; x += factor)
            {
                (int rows, int columns) = (Math.Min(factor, height - y), Math.Min(factor, width - x));
                for (int channel = 0; channel < 3; channel++)
                {
                    float sum = 0;
                    for (int i = 0; i < rows * columns; i++)
                    {
                        sum += rgb[At(x, y, i, columns, width, channel)];
                    }

                    for (int i = 0; i < rows * columns; i++)
                    {
                        rgb[At(x, y, i, columns, width, channel)] = sum / (rows * columns);
                    }
                }
            }
        }
    }

    // Within each block of 8 x 8, what differs from the mean is rounded to steps, as coarse quantisation does.
    private static void Blocks(float[] rgb, int height, int width, double step)
    {
        for (int y = 0; y < height; y += Block)
        {
            for (int x = 0; x < width; x += Block)
            {
                (int rows, int columns) = (Math.Min(Block, height - y), Math.Min(Block, width - x));
                for (int channel = 0; channel < 3; channel++)
                {
                    float mean = 0;
                    for (int i = 0; i < rows * columns; i++)
                    {
                        mean += rgb[At(x, y, i, columns, width, channel)] / (rows * columns);
                    }

                    for (int i = 0; i < rows * columns; i++)
                    {
                        ref float value = ref rgb[At(x, y, i, columns, width, channel)];
                        value = mean + (float)(Math.Round((value - mean) / step) * step);
                    }
                }
            }
        }
    }
    // The i-th pixel of a block whose corner is (x, y).
    private static int At(int x, int y, int i, int columns, int width, int channel) =>
        ((((y + (i / columns)) * width) + x + (i % columns)) * 3) + channel;
}
