using System.Globalization;
using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>A curve as a picture: its points as a thin line, and a smoother one of the same extent above it.</summary>
public static class LineChart
{
    private const int Width = 960;
    private const int Height = 480;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 40;
    private const int Bottom = 50;
    private const int Ticks = 5;
    private const float TextScale = 1.7f;

    private static readonly SKColor Light = new(0xB0, 0xC4, 0xDE);
    private static readonly SKColor Dark = new(0x1F, 0x4E, 0x9E);

    /// <summary>Draws the chart; the vertical axis includes 0.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="axis">What runs from left to right.</param>
    /// <param name="points">At least two, in ascending order.</param>
    /// <param name="smooth">A smoother or another curve within the same bounds; none: one curve.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] RenderPng(
        string title,
        string axis,
        IReadOnlyList<(double X, double Y)> points,
        IReadOnlyList<(double X, double Y)> smooth)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(smooth);
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Count, 2, nameof(points));
        using SKBitmap bitmap = new(Width, Height);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(SKColors.White);
        double least = Math.Min(0, points.Min(point => point.Y));
        double most = Math.Max(least + 1e-6, points.Max(point => point.Y));
        (double first, double last) = (points[0].X, points[^1].X);
        SKPoint Place(double x, double y) => new(
            Left + (float)((Width - Left - Right) * (x - first) / (last - first)),
            Height - Bottom - (float)((Height - Top - Bottom) * (y - least) / (most - least)));
        StrokeText.Write(canvas, title, Left, Top - 24, TextScale);
        StrokeText.Write(canvas, axis, Width - Right, Height - 18, TextScale, anchor: 1);
        DrawAxes(canvas, first, last, least, most, Place);
        DrawLine(canvas, [.. points.Select(point => Place(point.X, point.Y))], Light, 1);
        if (smooth.Count > 0)
        {
            DrawLine(canvas, [.. smooth.Select(point => Place(point.X, point.Y))], Dark, 2);
        }

        return SkiaPixels.EncodePng(bitmap);
    }

    private static void DrawAxes(
        SKCanvas canvas, double first, double last, double least, double most, Func<double, double, SKPoint> place)
    {
        using SKPaint grid = new() { Color = new SKColor(0xE4, 0xE4, 0xE4), StrokeWidth = 1 };
        for (int i = 0; i <= Ticks; i++)
        {
            double y = least + ((most - least) * i / Ticks);
            double x = first + ((last - first) * i / Ticks);
            canvas.DrawLine(place(first, y), place(last, y), grid);
            string value = y.ToString("0.00", CultureInfo.InvariantCulture);
            StrokeText.Write(canvas, value, Left - 8, place(first, y).Y - 5, TextScale, anchor: 1);
            string step = x.ToString(last - first < 2 * Ticks ? "0.00" : "0", CultureInfo.InvariantCulture);
            StrokeText.Write(canvas, step, place(x, least).X, Height - Bottom + 10, TextScale, anchor: 0.5f);
        }
    }

    private static void DrawLine(SKCanvas canvas, SKPoint[] points, SKColor colour, float width)
    {
        using SKPaint paint = new()
        {
            Color = colour, StrokeWidth = width, IsAntialias = true, Style = SKPaintStyle.Stroke,
        };
        using SKPathBuilder path = new();
        path.AddPoly(points, close: false);
        using SKPath line = path.Detach();
        canvas.DrawPath(line, paint);
    }
}
