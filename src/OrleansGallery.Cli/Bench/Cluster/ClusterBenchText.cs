using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansGallery.Cli;

/// <summary>The report as Markdown.</summary>
internal static class ClusterBenchText
{
    private const double Mebi = 1024 * 1024;

    public static void Write(ClusterBenchReport report, CommandOutput output)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string filled = report.FilledPerSecond is { } rate
            ? string.Create(culture, $"filled over HTTP at {rate:N0} rows/s")
            : "kept from an earlier run";
        output.WriteLine(string.Create(culture, $"## {report.Rows:N0} x {report.Dimension}, {report.Data}\n"));
        output.WriteLine($"`{CommandOf(report)}`\n");
        output.WriteLine(
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription}\n");
        output.WriteLine(string.Create(culture, $"""
            {report.Partitions} partitions, {filled}. Silos, the process that serves HTTP, PostgreSQL and the clients
            share the machine; each silo uses {CoresOf(report)}. Seed {report.Seed}, {report.Seconds:0.#} s per figure.

            Nothing comes or goes, and the silos are at rest; one client searches, then as many vectors as possible are
            enrolled. "x" is against the first line. CPU is that of all silos together; beyond the scan: answer minus
            the slowest silo's own.

            """));
        WriteSteps(report.Steps, output);
        output.WriteLine(string.Create(culture, $"""

            Silos come and go while {report.Clients} client(s) search and {report.Pace:0.#} vectors a second are
            enrolled; every complete answer is compared with brute force. Balanced: every silo holds its share, nothing
            moves. Moved: rows times what loading one reads. Gap: the longest time that a client was without a complete
            answer.

            """));
        WriteChanges(report.Changes, output);
        foreach (ClusterChange change in report.Changes.Where(change => change.Contradiction is not null))
        {
            output.WriteLine($"Wrong while {change.What}: {change.Contradiction}");
        }
    }

    private static string CoresOf(ClusterBenchReport report) => report.SiloCores switch
    {
        null => "all cores",
        1 => "one core",
        { } cores => string.Create(CultureInfo.InvariantCulture, $"{cores} cores"),
    };

    private static string CommandOf(ClusterBenchReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"gallery bench cluster --silos {string.Join(',', report.Steps.Select(step => step.Silos))} "
        + $"--rows {report.Rows} --dimension {report.Dimension} --partitions {report.Partitions} "
        + $"--clients {report.Clients} --pace {report.Pace} --silo-cores {report.SiloCores ?? 0} "
        + $"--seconds {report.Seconds} --seed {report.Seed}");

    private static void WriteSteps(IReadOnlyList<ClusterStep> steps, CommandOutput output)
    {
        ClusterStep first = steps[0];
        output.WriteMarkdownTable(
            [
                "silos", "ingest, items/s", "x", "queries", "p50 ms", "p99 ms", "beyond the scan, p50 ms",
                "CPU ms/query", "x", "API's CPU ms/query", "idle CPU ms/s",
            ],
            steps.Select(step => (IReadOnlyList<string>)
            [
                Figures.Count(step.Silos),
                Figures.Rate(step.IngestPerSecond),
                Ratio(step.IngestPerSecond, first.IngestPerSecond),
                Figures.Count(step.Queries),
                Text(step.P50Ms),
                Text(step.P99Ms),
                Text(step.OverheadP50Ms),
                Text(step.CpuMsPerQuery),
                Ratio(step.CpuMsPerQuery, first.CpuMsPerQuery),
                Text(step.ApiCpuMsPerQuery),
                Text(step.IdleCpuMsPerSecond),
            ]));
    }

    private static void WriteChanges(IReadOnlyList<ClusterChange> changes, CommandOutput output) =>
        output.WriteMarkdownTable(
            [
                "change", "balanced after s", "complete after s", "moved rows", "MiB", "gap ms", "searches", "failed",
                "partial", "not confirmed", "wrong", "acks", "rejected",
            ],
            changes.Select(change => (IReadOnlyList<string>)
            [
                change.What,
                Text(change.BalancedSeconds),
                change.CompleteSeconds is { } seconds ? Text(seconds) : "-",
                Figures.Count(change.MovedRows),
                Text(change.MovedBytes / Mebi),
                Figures.Count((long)change.LongestGapMs),
                Figures.Count(change.Searches),
                Figures.Count(change.Failed),
                Figures.Count(change.Partial),
                Figures.Count(change.Unconfirmed),
                Figures.Count(change.Wrong),
                Figures.Count(change.Acknowledged),
                Figures.Count(change.Rejected),
            ]));

    private static string Ratio(double value, double baseline) =>
        (value / baseline).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
