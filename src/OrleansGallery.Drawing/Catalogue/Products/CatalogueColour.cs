namespace OrleansGallery.Drawing;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
internal readonly record struct CatalogueColour(byte Red, byte Green, byte Blue)
{
    /// <summary>How bright the colour looks, 0 to 1 (Rec. 709 weights on the sRGB values).</summary>
    internal double Luma => ((0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue)) / 255;

    /// <summary>The colour of a hue (0 to 1, around the circle), a saturation and a value (0 to 1).</summary>
    internal static CatalogueColour FromHsv(double hue, double saturation, double value)
    {
        return new CatalogueColour(Channel(5), Channel(3), Channel(1));

        byte Channel(int offset)
        {
            double k = (offset + (hue * 6)) % 6;
            double level = value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1));
            return (byte)Math.Round(255 * level);
        }
    }

    /// <summary>A colour of surroundings: mostly dull, one in eight any colour.</summary>
    internal static CatalogueColour Dull(KeyedRandom random)
        => random.Chance(0.125)
            ? Any(random)
            : FromHsv(random.NextDouble(), random.Uniform(0, 0.32), random.Uniform(0.2, 0.95));

    /// <summary>Any colour: mostly colourful, one in five near grey.</summary>
    internal static CatalogueColour Any(KeyedRandom random)
    {
        double hue = random.NextDouble();
        double saturation = random.Chance(0.2) ? random.Uniform(0, 0.15) : random.Uniform(0.3, 0.95);
        return FromHsv(hue, saturation, random.Uniform(0.25, 0.95));
    }
}
