using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Draws a label: the plate, the text in our own font, and the emblem above or beside it.</summary>
internal static class LabelPainter
{
    private const float StrokeUnits = 1.15f;
    private const float MaxPlateAspect = 2.6f;
    private const float MinPlateAspect = 1.1f;
    private const float Gap = 0.12f;

    public static void Paint(SKCanvas canvas, CatalogueProduct product, SKRect area)
    {
        ProductLabel label = product.Label;
        SKRect plate = Fit(area);
        using SKPath outline = LabelPaths.Plate(label.Plate, plate);
        using SKPaint paint = new() { IsAntialias = true, Color = product.Colours.Plate.ToSkia() };
        canvas.DrawPath(outline, paint);

        SKSize usable = LabelPaths.Usable(label.Plate);
        float width = plate.Width * usable.Width;
        float height = plate.Height * usable.Height;
        float middle = label.Plate == PlateKind.Shield ? plate.MidY - (plate.Height * 0.08f) : plate.MidY;
        SKRect inner = SKRect.Create(plate.MidX - (width / 2), middle - (height / 2), width, height);
        paint.Color = product.Colours.Ink.ToSkia();
        bool beside = width > height * 1.7f;
        float part = beside ? Math.Min(height * 0.9f, width * 0.26f) : height * 0.42f;
        (SKRect emblem, SKRect text) = beside
            ? (new SKRect(inner.Left, inner.Top, inner.Left + part, inner.Bottom),
                new SKRect(inner.Left + (part * (1 + Gap)), inner.Top, inner.Right, inner.Bottom))
            : (new SKRect(inner.Left, inner.Top, inner.Right, inner.Top + part),
                new SKRect(inner.Left, inner.Top + (part * (1 + Gap)), inner.Right, inner.Bottom));
        PaintEmblem(canvas, label.Emblem, emblem, paint);
        PaintText(canvas, label.Text, text, paint);
    }

    /// <summary>The largest rectangle of a plate's proportions in the middle of the area.</summary>
    private static SKRect Fit(SKRect area)
    {
        float width = Math.Min(area.Width * 0.86f, area.Height * MaxPlateAspect);
        float height = Math.Min(area.Height * 0.72f, width / MinPlateAspect);
        return SKRect.Create(area.MidX - (width / 2), area.MidY - (height / 2), width, height);
    }

    private static void PaintEmblem(SKCanvas canvas, EmblemKind kind, SKRect area, SKPaint paint)
    {
        using SKPath path = LabelPaths.Emblem(kind);
        canvas.Save();
        canvas.Translate(area.MidX, area.MidY);
        canvas.Scale(Math.Min(area.Width, area.Height) * 0.96f);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private static void PaintText(SKCanvas canvas, string text, SKRect area, SKPaint paint)
    {
        float width = StrokeFont.Measure(text);
        float scale = Math.Min(
            area.Width / (width + StrokeUnits), area.Height / (StrokeFont.CellHeight + StrokeUnits));
        using SKPath path = StrokeFont.Path(text);
        using SKPaint stroke = paint.Clone();
        stroke.Style = SKPaintStyle.Stroke;
        stroke.StrokeWidth = StrokeUnits;
        stroke.StrokeCap = SKStrokeCap.Round;
        stroke.StrokeJoin = SKStrokeJoin.Round;
        canvas.Save();
        canvas.Translate(area.MidX, area.MidY);
        canvas.Scale(scale);
        canvas.Translate(-width / 2, -StrokeFont.CellHeight / 2);
        canvas.DrawPath(path, stroke);
        canvas.Restore();
    }
}
