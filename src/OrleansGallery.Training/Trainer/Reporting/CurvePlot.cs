using System.Globalization;
using SkiaSharp;

namespace OrleansGallery.Training;

/// <summary>The loss over the steps as a picture: every step, and a running mean.</summary>
internal static class CurvePlot
{
    public const string FileName = "curve.png";

    private const int Width = 960;
    private const int Height = 480;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 40;
    private const int Bottom = 50;
    private const int Ticks = 5;

    private static readonly SKColor Dark = new(0x1F, 0x4E, 0x9E);

    /// <summary>Draws the curve of a run's folder into it.</summary>
    public static void Draw(string folder, string title)
    {
        IReadOnlyList<(long Step, double LearningRate, double Total)> curve = CurveLog.Read(folder);
        if (curve.Count < 2)
        {
            return;
        }

        using SKBitmap bitmap = new(Width, Height);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(SKColors.White);
        double least = Math.Min(0, curve.Min(point => point.Total));
        double most = Math.Max(least + 1e-6, curve.Max(point => point.Total));
        SKPoint Place(double step, double loss) => new(
            Left + (float)((Width - Left - Right) * (step - curve[0].Step) / (curve[^1].Step - curve[0].Step)),
            Height - Bottom - (float)((Height - Top - Bottom) * (loss - least) / (most - least)));
        DrawAxes(canvas, title, curve[0].Step, curve[^1].Step, least, most, Place);
        DrawLine(canvas, [.. curve.Select(point => Place(point.Step, point.Total))], new SKColor(0xB0, 0xC4, 0xDE), 1);
        DrawLine(canvas, [.. Smooth(curve).Select(point => Place(point.Step, point.Total))], Dark, 2);
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        File.WriteAllBytes(Path.Combine(folder, FileName), png.ToArray());
    }

    // An exponential mean over about a fiftieth of the run.
    private static IEnumerable<(long Step, double Total)> Smooth(
        IReadOnlyList<(long Step, double LearningRate, double Total)> curve)
    {
        double weight = Math.Min(1, 50.0 / curve.Count);
        double mean = curve[0].Total;
        foreach ((long step, _, double total) in curve)
        {
            mean += weight * (total - mean);
            yield return (step, mean);
        }
    }

    private static void DrawAxes(
        SKCanvas canvas,
        string title,
        long first,
        long last,
        double least,
        double most,
        Func<double, double, SKPoint> place)
    {
        using SKPaint grid = new() { Color = new SKColor(0xE4, 0xE4, 0xE4), StrokeWidth = 1 };
        Write(canvas, title, Left, Top - 24, 0);
        Write(canvas, "STEP", Width - Right, Height - 18, 1);
        for (int i = 0; i <= Ticks; i++)
        {
            double loss = least + ((most - least) * i / Ticks);
            double step = first + ((last - first) * (double)i / Ticks);
            canvas.DrawLine(place(first, loss), place(last, loss), grid);
            Write(
                canvas, loss.ToString("0.00", CultureInfo.InvariantCulture), Left - 8, place(first, loss).Y - 5, 1);
            Write(
                canvas,
                step.ToString("0", CultureInfo.InvariantCulture),
                place(step, least).X,
                Height - Bottom + 10,
                0.5f);
        }
    }

    // A bare machine has no fonts. The anchor is 0 for text that starts at x, 1 for text that ends there.
    private static void Write(SKCanvas canvas, string text, float x, float y, float anchor)
    {
        const float scale = 1.7f;
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
