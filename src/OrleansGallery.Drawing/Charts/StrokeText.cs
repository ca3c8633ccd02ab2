using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Text on charts, in the font of strokes.</summary>
internal static class StrokeText
{
    /// <summary>Writes a line.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="x">The anchor.</param>
    /// <param name="y">The upper edge.</param>
    /// <param name="scale">Pixels per unit of the font.</param>
    /// <param name="anchor">0: the text starts at x; 1: it ends there.</param>
    public static void Write(SKCanvas canvas, string text, float x, float y, float scale, float anchor = 0)
    {
        using SKPaint ink = new()
        {
            Color = SKColors.Black, StrokeWidth = 0.8f, IsAntialias = true, Style = SKPaintStyle.Stroke,
        };
        using SKPath path = StrokeFont.Path(text);
        canvas.Save();
        canvas.Translate(x - (anchor * StrokeFont.Measure(text) * scale), y);
        canvas.Scale(scale);
        canvas.DrawPath(path, ink);
        canvas.Restore();
    }
}
