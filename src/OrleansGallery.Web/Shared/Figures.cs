using System.Globalization;

namespace OrleansGallery.Web;

/// <summary>Numbers as the page shows them, the same everywhere.</summary>
internal static class Figures
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long number, string one, string many) =>
        $"{Count(number)} {(number == 1 ? one : many)}";

    public static string Score(double score) => score.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Score(double? score) => score is { } value ? Score(value) : "none";

    /// <summary>A share of 0 to 1 that may be small.</summary>
    public static string Share(double share) => share.ToString("0.## %", CultureInfo.InvariantCulture);

    public static string Share(double? share) => share is { } value ? Share(value) : "unknown";

    public static string Milliseconds(double time) => time < 10
        ? time.ToString("0.0 ms", CultureInfo.InvariantCulture)
        : time < 10_000
            ? time.ToString("0 ms", CultureInfo.InvariantCulture)
            : (time / 1_000).ToString("0.0 s", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_024 => Count(bytes, "byte", "bytes"),
        < 1_024 * 1_024 => (bytes / 1_024d).ToString("0.0 KiB", CultureInfo.InvariantCulture),
        < 1_024L * 1_024 * 1_024 => (bytes / (1_024d * 1_024)).ToString("0.0 MiB", CultureInfo.InvariantCulture),
        _ => (bytes / (1_024d * 1_024 * 1_024)).ToString("0.0 GiB", CultureInfo.InvariantCulture),
    };
}
