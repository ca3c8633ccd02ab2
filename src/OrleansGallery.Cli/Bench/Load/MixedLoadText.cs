using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansGallery.Cli;

/// <summary>The report as Markdown.</summary>
internal static class MixedLoadText
{
    private const double Mebi = 1024 * 1024;

    public static void Write(MixedLoadReport report, CommandOutput output)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        MixedLoadOptions options = report.Options;
        string command = string.Create(culture, $"gallery bench load --minutes {options.Duration.TotalMinutes:0.##} ")
            + string.Create(culture, $"--pace {options.Pace:0.##} --identities {options.Identities} ")
            + string.Create(culture, $"--seed {options.Seed}")
            + (options.Browser is null ? string.Empty : $" --browser {options.Browser}");
        string page = options.Browser is null ? "No page is open" : "The page is open in a browser";
        output.WriteLine($"""
            # Everything at once, for a while

            `{command}`

            {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription},
            {RuntimeInformation.OSDescription}

            One service with SQLite; vectors by a stream, image files (embedded by the default model), searches by both,
            and the deletion of what is oldest, so that the galleries keep their size once they have it. {page}.

            """);
        output.WriteMarkdownTable(
            [
                "until s", "memory MiB", "cores busy", "vectors", "images", "deleted", "searches", "p50 ms", "p99 ms",
            ],
            report.Intervals.Select(interval => (IReadOnlyList<string>)
            [
                Figures.Count((long)interval.Seconds),
                Figures.Count((long)(interval.WorkingSet / Mebi)),
                interval.Cores.ToString("0.00", culture),
                Figures.Count(interval.Vectors),
                Figures.Count(interval.Images),
                Figures.Count(interval.Deleted),
                Figures.Count(interval.Searches),
                interval.SearchP50Ms.ToString("0.0", culture),
                interval.SearchP99Ms.ToString("0.0", culture),
            ]));
        output.WriteLine(string.Create(culture, $"""

            Memory of the last third against that of the middle one: {report.Growth:0.00}. Requests that were wrong on
            purpose, all refused as they should be: {report.Refused:N0}. Other errors: {ErrorsOf(report)}. In the end
            the stored sums and hashes were {(report.IsVerified ? "right" : "WRONG")}.
            """));
    }

    private static string ErrorsOf(MixedLoadReport report) => report.Errors.Count == 0
        ? "none"
        : string.Join(", ", report.Errors.Select(error => $"{error.Key} {Figures.Count(error.Value)} times"));
}
