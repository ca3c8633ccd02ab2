using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>
/// Draws a product in its own space (see <see cref="ProductForm"/>) on a canvas that is already transformed.
/// </summary>
internal static class ProductPainter
{
    private static readonly SKColor[] ShadeColours =
    [
        new(0, 0, 0, 84), new(0, 0, 0, 0), new(255, 255, 255, 54),
        new(255, 255, 255, 0), new(0, 0, 0, 0), new(0, 0, 0, 104),
    ];

    private static readonly float[] ShadeStops = [0, 0.22f, 0.3f, 0.42f, 0.6f, 1];

    public static void Paint(SKCanvas canvas, CatalogueProduct product, ProductForm form)
    {
        using SKPaint paint = new() { IsAntialias = true };
        Fill(canvas, paint, form.Behind, product.Colours.Trim.ToSkia());
        Fill(canvas, paint, form.Body, product.Colours.Body.ToSkia());
        PaintTexture(canvas, product, form);
        Fill(canvas, paint, form.Front, product.Colours.Trim.ToSkia());
        LabelPainter.Paint(canvas, product, form.LabelArea);
        Shade(canvas, form);
    }

    public static SKColor ToSkia(this CatalogueColour colour) => new(colour.Red, colour.Green, colour.Blue);

    private static void Fill(SKCanvas canvas, SKPaint paint, SKPath? path, SKColor colour)
    {
        if (path is not null)
        {
            paint.Color = colour;
            canvas.DrawPath(path, paint);
        }
    }

    private static void PaintTexture(SKCanvas canvas, CatalogueProduct product, ProductForm form)
    {
        ProductTexture texture = product.Texture;
        using SKPaint paint = new() { IsAntialias = true, Color = product.Colours.Accent.ToSkia() };
        canvas.Save();
        canvas.ClipPath(form.Body, antialias: true);
        canvas.RotateDegrees(texture.AngleDegrees);
        if (texture.Kind == TextureKind.Gradient)
        {
            float centre = (texture.Phase - 0.5f) * 0.4f;
            paint.Shader = SKShader.CreateLinearGradient(
                new SKPoint(0, centre - 0.35f), new SKPoint(0, centre + 0.35f),
                [product.Colours.Body.ToSkia(), product.Colours.Accent.ToSkia()], SKShaderTileMode.Clamp);
            canvas.DrawPaint(paint);
            paint.Shader.Dispose();
        }
        else
        {
            using SKPath pattern = TexturePaths.Of(texture);
            canvas.DrawPath(pattern, paint);
        }

        canvas.Restore();
    }

    /// <summary>A highlight left of the middle and dark edges, so that it looks solid, and a thin outline.</summary>
    private static void Shade(SKCanvas canvas, ProductForm form)
    {
        SKRect bounds = form.Body.Bounds;
        using SKShader shader = SKShader.CreateLinearGradient(
            new SKPoint(bounds.Left, 0), new SKPoint(bounds.Right, 0.06f),
            ShadeColours, ShadeStops, SKShaderTileMode.Clamp);
        using SKPaint shade = new() { IsAntialias = true, Shader = shader };
        using SKPaint outline = new()
        {
            IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.008f, Color = new SKColor(0, 0, 0, 110),
        };
        foreach (SKPath part in form.Parts)
        {
            canvas.DrawPath(part, outline);
        }

        canvas.DrawPath(form.Body, shade);
    }
}
