using System.Globalization;

namespace OrleansGallery.Cli;

/// <summary>Figures as people read them, the same in every culture.</summary>
internal static class Figures
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Score(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Rate(double value) => value.ToString(value < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>A share that may be small.</summary>
    public static string Share(double share) => share.ToString("0.## %", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan value) => value.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan value) => value.TotalHours >= 1
        ? value.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : value.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset value) => value.ToString("u", CultureInfo.InvariantCulture);

    public static string Milliseconds(double value) => value.ToString("0.0 ms", CultureInfo.InvariantCulture);

    /// <summary>How many names there are of something, and the first of them.</summary>
    public static string Named(IReadOnlyList<string> names, string what)
    {
        const int shown = 5;
        string more = names.Count > shown ? ", ..." : string.Empty;
        return $"{Count(names.Count)} {what}: {string.Join(", ", names.Take(shown))}{more}";
    }

    /// <summary>The smallest value that a share of all values does not exceed.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
