using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>
/// Draws one view: background, shadow, product, occluders, then blur, light and noise, then JPEG. Holds nothing between
/// calls.
/// </summary>
internal static class ViewRenderer
{
    public static byte[] RenderJpeg(CatalogueProduct product, ViewParameters view, int width, int height)
    {
        SKImageInfo format = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKBitmap scene = new(format);
        using (SKCanvas canvas = new(scene))
        {
            PaintScene(canvas, product, view, width, height);
        }

        using SKBitmap? blurred = view.Camera.BlurPixels > 0.15 ? Blur(scene, view.Camera.BlurPixels) : null;
        SKBitmap image = blurred ?? scene;
        CameraEffects.Apply(image.GetPixelSpan(), width, height, view.Camera, new KeyedRandom(view.NoiseSeed));
        using SKData jpeg = image.Encode(SKEncodedImageFormat.Jpeg, view.Camera.JpegQuality)
            ?? throw new InvalidOperationException("Skia could not encode a JPEG.");
        return jpeg.ToArray();
    }

    private static void PaintScene(
        SKCanvas canvas, CatalogueProduct product, ViewParameters view, int width, int height)
    {
        BackgroundPainter.Paint(canvas, new KeyedRandom(view.BackgroundSeed), width, height);
        using ProductForm form = ProductForms.Of(product);
        SKMatrix projection = new Projection(view.Pose, width, height).ToMatrix();
        PaintShadow(canvas, form, projection, view, Math.Min(width, height));
        canvas.Save();
        canvas.Concat(in projection);
        ProductPainter.Paint(canvas, product, form);
        canvas.Restore();
        foreach (Occluder occluder in view.Occluders)
        {
            PaintOccluder(canvas, occluder, Math.Min(width, height));
        }
    }

    /// <summary>A dark copy of the silhouette, moved in the direction in which the light falls off.</summary>
    private static void PaintShadow(
        SKCanvas canvas, ProductForm form, SKMatrix projection, ViewParameters view, float unit)
    {
        double angle = view.Camera.LightDegrees * Math.PI / 180;
        using SKPaint paint = new() { IsAntialias = true, Color = new SKColor(0, 0, 0, 80) };
        canvas.Save();
        canvas.Translate((float)(-Math.Cos(angle) * 0.025 * unit), (float)(-Math.Sin(angle) * 0.025 * unit));
        canvas.Concat(in projection);
        foreach (SKPath part in form.Parts)
        {
            canvas.DrawPath(part, paint);
        }

        canvas.Restore();
    }

    private static void PaintOccluder(SKCanvas canvas, Occluder occluder, float unit)
    {
        using SKPaint fill = new() { IsAntialias = true, Color = occluder.Colour.ToSkia() };
        using SKPaint line = new()
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = unit * 0.006f,
            Color = occluder.Mark.ToSkia().WithAlpha(150),
        };
        foreach ((double X, double Y)[] polygon in occluder.Polygons)
        {
            using SKPathBuilder builder = new();
            builder.AddPoly(Array.ConvertAll(polygon, p => new SKPoint((float)p.X, (float)p.Y)), close: true);
            using SKPath path = builder.Detach();
            canvas.DrawPath(path, line);
            canvas.DrawPath(path, fill);
        }
    }

    private static SKBitmap Blur(SKBitmap scene, double pixelsAt256)
    {
        float sigma = (float)(pixelsAt256 * Math.Min(scene.Width, scene.Height) / 256);
        SKBitmap blurred = new(scene.Info);
        using SKCanvas canvas = new(blurred);
        using SKImageFilter filter = SKImageFilter.CreateBlur(sigma, sigma, SKShaderTileMode.Clamp);
        using SKPaint paint = new() { ImageFilter = filter };
        canvas.DrawBitmap(scene, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest), paint);
        return blurred;
    }
}
