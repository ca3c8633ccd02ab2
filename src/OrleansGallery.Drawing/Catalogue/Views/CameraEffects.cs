namespace OrleansGallery.Drawing;

/// <summary>Light and sensor noise, applied to pixels in place.</summary>
internal static class CameraEffects
{
    /// <summary>
    /// Multiplies by the light (strength, colour, fall-off across the image), adds noise, and clips as a sensor does.
    /// </summary>
    /// <param name="pixels">RGBA, four bytes a pixel, rows without padding.</param>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="camera">The light and the noise.</param>
    /// <param name="random">The noise's random numbers.</param>
    public static void Apply(Span<byte> pixels, int width, int height, ViewCamera camera, KeyedRandom random)
    {
        double angle = camera.LightDegrees * Math.PI / 180;
        float acrossX = (float)(2 * camera.Falloff * Math.Cos(angle) / width);
        float acrossY = (float)(2 * camera.Falloff * Math.Sin(angle) / height);
        float red = (float)(camera.Gain * camera.Cast.Red);
        float green = (float)(camera.Gain * camera.Cast.Green);
        float blue = (float)(camera.Gain * camera.Cast.Blue);
        float noise = (float)(camera.Noise / 0x8000);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = pixels.Slice(y * width * 4, width * 4);
            float light = 1 - (acrossX * width / 2) + (acrossY * (y - (height / 2)));
            for (int i = 0; i < row.Length; i += 4)
            {
                // One draw gives the noise of the three channels, 16 bits each.
                ulong bits = random.NextUInt64();
                row[i] = Level((row[i] * red * light) + (noise * (short)bits));
                row[i + 1] = Level((row[i + 1] * green * light) + (noise * (short)(bits >> 16)));
                row[i + 2] = Level((row[i + 2] * blue * light) + (noise * (short)(bits >> 32)));
                light += acrossX;
            }
        }
    }

    private static byte Level(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
