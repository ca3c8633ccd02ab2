using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>
/// The patterns as filled paths over a square of side 1.5 around the centre, before they are turned; the longest
/// diagonal of a product is covered.
/// </summary>
internal static class TexturePaths
{
    private const float Reach = 0.78f;

    public static SKPath Of(ProductTexture texture)
    {
        float period = 1 / texture.Repeats;
        float start = -Reach - (period * texture.Phase);
        using SKPathBuilder path = new();
        switch (texture.Kind)
        {
            case TextureKind.Stripes:
                Stripes(path, start, period, period * texture.Fill);
                break;
            case TextureKind.Dots:
                Dots(path, start, period, period * texture.Fill * 0.62f);
                break;
            case TextureKind.Checks:
                Checks(path, start, period * 0.8f);
                break;
            case TextureKind.Zigzag:
                Lines(path, start, period * 1.3f, period * texture.Fill * 0.62f, ZigzagHeight);
                break;
            case TextureKind.Waves:
                Lines(path, start, period * 1.1f, period * texture.Fill * 0.55f, WaveHeight);
                break;
            case TextureKind.Rings:
                Rings(path, texture.Phase, period, period * texture.Fill);
                break;
            case TextureKind.Lattice:
                Lattice(path, start, period * 1.2f, period * texture.Fill * 0.4f);
                break;
            case TextureKind.Bricks:
                Bricks(path, start, period, period * texture.Fill * 0.4f);
                break;
            case TextureKind.Triangles:
                Triangles(path, start, period * 1.2f, 0.55f + (0.5f * texture.Fill));
                break;
            default:
                throw new ArgumentException($"The texture {texture.Kind} is not a path.", nameof(texture));
        }

        return path.Detach();
    }

    private static void Stripes(SKPathBuilder path, float start, float period, float width)
    {
        for (float y = start; y < Reach; y += period)
        {
            path.AddRect(new SKRect(-Reach, y, Reach, y + width), SKPathDirection.Clockwise);
        }
    }

    private static void Dots(SKPathBuilder path, float start, float period, float radius)
    {
        int row = 0;
        for (float y = start; y < Reach; y += period * 0.87f, row++)
        {
            for (float x = start + (row % 2 * period / 2); x < Reach; x += period)
            {
                path.AddCircle(x, y, radius, SKPathDirection.Clockwise);
            }
        }
    }

    private static void Checks(SKPathBuilder path, float start, float side)
    {
        int row = 0;
        for (float y = start; y < Reach; y += side, row++)
        {
            for (float x = start + (row % 2 * side); x < Reach; x += 2 * side)
            {
                path.AddRect(new SKRect(x, y, x + side, y + side), SKPathDirection.Clockwise);
            }
        }
    }

    /// <summary>Rows of a line whose height follows a shape, as strips of constant vertical width.</summary>
    private static void Lines(SKPathBuilder path, float start, float period, float width, Func<int, float> shape)
    {
        float step = period / 8;
        int steps = (int)(2 * Reach / step) + 5;
        SKPoint[] strip = new SKPoint[2 * steps];
        for (float y = start; y < Reach; y += period)
        {
            for (int i = 0; i < steps; i++)
            {
                float x = start + (i * step);
                float level = y + (shape(i) * period * 0.32f);
                strip[i] = new SKPoint(x, level);
                strip[^(i + 1)] = new SKPoint(x, level + width);
            }

            path.AddPoly(strip, close: true);
        }
    }

    /// <summary>A triangle wave of one period.</summary>
    private static float ZigzagHeight(int step) => (Math.Abs((step % 8) - 4) / 2f) - 1;

    /// <summary>A sine of two periods, so that waves and zigzag differ in more than their corners.</summary>
    private static float WaveHeight(int step) => (float)Math.Sin(step * Math.PI / 8);

    private static void Rings(SKPathBuilder path, float phase, float period, float width)
    {
        path.FillType = SKPathFillType.EvenOdd;
        float x = (phase - 0.5f) * 0.4f;
        for (float radius = period * 0.6f; radius < Reach + 0.2f; radius += period)
        {
            path.AddCircle(x, x, radius, SKPathDirection.Clockwise);
            path.AddCircle(x, x, Math.Max(radius - width, 0.001f), SKPathDirection.Clockwise);
        }
    }

    private static void Lattice(SKPathBuilder path, float start, float period, float width)
    {
        Stripes(path, start, period, width);
        for (float x = start; x < Reach; x += period)
        {
            path.AddRect(new SKRect(x, -Reach, x + width, Reach), SKPathDirection.Clockwise);
        }
    }

    private static void Bricks(SKPathBuilder path, float start, float period, float joint)
    {
        int row = 0;
        for (float y = start; y < Reach; y += period, row++)
        {
            path.AddRect(new SKRect(-Reach, y, Reach, y + joint), SKPathDirection.Clockwise);
            for (float x = start + (row % 2 * period); x < Reach; x += 2 * period)
            {
                path.AddRect(new SKRect(x, y, x + joint, y + period), SKPathDirection.Clockwise);
            }
        }
    }

    private static void Triangles(SKPathBuilder path, float start, float period, float size)
    {
        SKPoint[] corners = new SKPoint[3];
        for (float y = start; y < Reach; y += period)
        {
            for (float x = start; x < Reach; x += period)
            {
                corners[0] = new SKPoint(x, y + (period * size));
                corners[1] = new SKPoint(x + (period * size / 2), y);
                corners[2] = new SKPoint(x + (period * size), y + (period * size));
                path.AddPoly(corners, close: true);
            }
        }
    }
}
