namespace OrleansGallery.Inference.Models;

/// <summary>
/// Seeded pictures of no particular thing, to measure how a random network responds: gradients, stripes, discs, boxes
/// and strokes in random colours with noise, every third one dark strokes on white. Arithmetic is exact or rounded
/// once, so that every machine draws the same.
/// </summary>
internal static class SyntheticImages
{
    /// <summary>Draws a picture.</summary>
    /// <param name="number">Which; it is also the seed.</param>
    /// <param name="side">Height and width in pixels.</param>
    /// <returns>Interleaved RGB bytes, row-major.</returns>
    public static byte[] Draw(int number, int side)
    {
        SeededRandom random = new((ulong)number * 0x5851F42D4C957F2D);
        float[] canvas = new float[side * side * 3];
        bool paper = number % 3 == 2;
        Background(canvas, side, ref random, paper);
        int shapes = paper ? 4 + random.Below(5) : 2 + random.Below(6);
        for (int i = 0; i < shapes; i++)
        {
            Shape(canvas, side, ref random, paper);
        }

        float noise = paper ? 4 : random.Uniform(2, 24);
        byte[] bytes = new byte[canvas.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Clamp((int)(canvas[i] + random.Uniform(-noise, noise)), 0, 255);
        }

        return bytes;
    }

    private static void Background(float[] canvas, int side, ref SeededRandom random, bool paper)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            float level = paper ? random.Uniform(225, 255) : random.Uniform(0, 255);
            float right = paper ? 0 : random.Uniform(-120, 120) / side;
            float down = paper ? 0 : random.Uniform(-120, 120) / side;
            for (int i = 0; i < side * side; i++)
            {
                canvas[(i * 3) + channel] = level + (right * (i % side)) + (down * (i / side));
            }
        }
    }

    private static void Shape(float[] canvas, int side, ref SeededRandom random, bool paper)
    {
        int kind = paper ? 3 : random.Below(3);
        float x = random.Uniform(0, side);
        float y = random.Uniform(0, side);
        float dx = random.Uniform(-1, 1);
        float dy = random.Uniform(-1, 1);
        float size = random.Uniform(side / 16f, side / 2.5f);
        float thin = random.Uniform(1.5f, side / 20f);
        float period = random.Uniform(4, side / 4f);
        float red = random.Uniform(0, paper ? 80 : 255);
        float green = random.Uniform(0, paper ? 80 : 255);
        float blue = random.Uniform(0, paper ? 80 : 255);
        for (int i = 0; i < side * side; i++)
        {
            float u = (i % side) - x;
            float v = (i / side) - y;
            float along = (u * dx) + (v * dy);
            float across = (u * dy) - (v * dx);
            bool inside = kind switch
            {
                0 => (u * u) + (v * v * (1 + dx)) < size * size,
                1 => Math.Abs(along) < size && Math.Abs(across) < size * 0.6f,
                2 => Math.Abs(along) < size && ((int)(Math.Abs(across) / period * 4) & 1) == 0,
                _ => Math.Abs(along) < size && Math.Abs(across) < thin * 0.5f,
            };
            if (inside)
            {
                canvas[i * 3] = red;
                canvas[(i * 3) + 1] = green;
                canvas[(i * 3) + 2] = blue;
            }
        }
    }
}
