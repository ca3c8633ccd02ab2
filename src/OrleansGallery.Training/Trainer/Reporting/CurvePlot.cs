using OrleansGallery.Drawing;

namespace OrleansGallery.Training;

/// <summary>The loss over the steps as a picture: every step, and a running mean.</summary>
internal static class CurvePlot
{
    public const string FileName = "curve.png";

    /// <summary>Draws the curve of a run's folder into it.</summary>
    public static void Draw(string folder, string title)
    {
        (double X, double Y)[] curve =
            [.. CurveLog.Read(folder).Select(point => ((double)point.Step, point.Total))];
        if (curve.Length > 1)
        {
            File.WriteAllBytes(
                Path.Combine(folder, FileName), LineChart.RenderPng(title, "STEP", curve, [.. Smooth(curve)]));
        }
    }

    // An exponential mean over about a fiftieth of the run.
    private static IEnumerable<(double X, double Y)> Smooth((double X, double Y)[] curve)
    {
        double weight = Math.Min(1, 50.0 / curve.Length);
        double mean = curve[0].Y;
        foreach ((double step, double total) in curve)
        {
            mean += weight * (total - mean);
            yield return (step, mean);
        }
    }
}
