using System.Text.Json;
using OrleansGallery.Benchmarks.Reporting;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Prints the figures of a scan run, and keeps them in <c>results/scan.md</c> where asked to.</summary>
internal static class ScanReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(SearchSetup setup, ScanFigures figures, MethodTimes[] times)
    {
        string body = Body(setup, figures, times);
        Console.WriteLine(setup.Json ? JsonSerializer.Serialize(figures, Json) : body);
        if (setup.Save)
        {
            string heading = $"{setup.Heading}; threads: {figures.Threads}, batch: {figures.Batch}, "
                + $"partitions: {figures.Partitions}";
            BenchmarkReport.SaveSection(
                "scan", "Exact search: the certified cascade against a flat scan", heading, body);
        }
    }

    private static string Body(SearchSetup setup, ScanFigures figures, MethodTimes[] times)
    {
        MarkdownTable table = new(
            "", "ms", "CPU ms", "speed-up", "speed-up (CPU)", "bytes per row", "rows rescored", "ready after",
            "equal to brute force");
        foreach (MethodTimes each in times)
        {
            table.Add(
                each.Method.Description,
                Figure.Short(each.Times.WallMs),
                Figure.Short(each.Times.CpuMs),
                Figure.Short(each.Times.SpeedupOver(times[0].Times)),
                Figure.Short(each.Times.CpuSpeedupOver(times[0].Times)),
                Figure.Of(each.Method.BytesPerRow),
                Figure.Short(each.RescoredFraction * setup.Source.Count),
                $"{Figure.Short(each.Method.Preparation.TotalSeconds)} s",
                $"{each.RightAnswers:N0} of {each.Answers:N0}");
        }

        return $"""
            {Machine.Describe()};
            {setup.Heading}, seed {setup.Seed}; threads: {figures.Threads}, partitions: {figures.Partitions},
            batch: {figures.Batch}; k = {setup.Top}, {setup.Queries.Length} queries, {setup.Rounds} rounds, the
            methods in turn batch by batch; per query, medians. Load average at the end {Machine.Load()}.

            {table}
            `{setup.CommandLine}`

            """;
    }
}
