using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Fills an image with clutter: a gradient, shapes, patches of texture, and labels of nothing.</summary>
internal static class BackgroundPainter
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static void Paint(SKCanvas canvas, KeyedRandom random, int width, int height)
    {
        using SKPaint ground = new();
        using (SKShader shader = SKShader.CreateLinearGradient(
            new SKPoint(random.UniformF(0, width), 0), new SKPoint(random.UniformF(0, width), height),
            [CatalogueColour.Dull(random).ToSkia(), CatalogueColour.Dull(random).ToSkia()], SKShaderTileMode.Clamp))
        {
            ground.Shader = shader;
            canvas.DrawPaint(ground);
        }

        float unit = Math.Min(width, height);
        int shapes = 10 + random.Below(22);
        for (int i = 0; i < shapes; i++)
        {
            canvas.Save();
            canvas.Translate(random.UniformF(0, width), random.UniformF(0, height));
            canvas.RotateDegrees(random.UniformF(0, 360));
            PaintShape(canvas, random, unit * random.UniformF(0.04, 0.24));
            canvas.Restore();
        }
    }

    private static void PaintShape(SKCanvas canvas, KeyedRandom random, float size)
    {
        using SKPaint paint = new()
        {
            IsAntialias = true,
            Color = CatalogueColour.Dull(random).ToSkia().WithAlpha((byte)(150 + random.Below(106))),
        };
        float other = size * random.UniformF(0.3, 1);
        switch (random.Below(7))
        {
            case 0:
                canvas.DrawRect(-size, -other, size * 2, other * 2, paint);
                break;
            case 1:
                canvas.DrawOval(0, 0, size, other, paint);
                break;
            case 2:
                using (SKPath triangle = Svg.Path($"M{-size} {other} L{other / 2} {-size} L{size} {size} Z"))
                {
                    canvas.DrawPath(triangle, paint);
                }

                break;
            case 3:
                paint.StrokeWidth = size * random.UniformF(0.05, 0.25);
                canvas.DrawLine(-size * 2.5f, 0, size * 2.5f, other, paint);
                break;
            case 4:
                paint.Style = SKPaintStyle.Stroke;
                paint.StrokeWidth = size * random.UniformF(0.1, 0.35);
                canvas.DrawOval(0, 0, size, size, paint);
                break;
            case 5:
                PaintPatch(canvas, random, size, other, paint);
                break;
            default:
                PaintLetters(canvas, random, size, paint);
                break;
        }
    }

    /// <summary>A rectangle of some texture: as likely to look like this product's as like any other's.</summary>
    private static void PaintPatch(SKCanvas canvas, KeyedRandom random, float size, float other, SKPaint paint)
    {
        canvas.ClipRect(new SKRect(-size, -other, size, other), antialias: true);
        canvas.DrawPaint(paint);
        TextureKind kind = random.Shuffled<TextureKind>()[0];
        if (kind != TextureKind.Gradient)
        {
            using SKPath pattern = TexturePaths.Of(ProductTexture.Draw(random, kind));
            canvas.Scale(size * 2);
            paint.Color = CatalogueColour.Dull(random).ToSkia();
            canvas.DrawPath(pattern, paint);
        }
    }

    private static void PaintLetters(SKCanvas canvas, KeyedRandom random, float size, SKPaint paint)
    {
        char[] letters = new char[2 + random.Below(4)];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = Letters[random.Below(Letters.Length)];
        }

        using SKPath path = StrokeFont.Path(new string(letters));
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = 1;
        canvas.Scale(size / 10);
        canvas.DrawPath(path, paint);
    }
}
