using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Retrieval;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Ingesting;

/// <summary>
/// How fast do vectors enter over HTTP into SQLite, beside a bare loop that writes the same bytes into the same tables
/// in the same groups? Client and service share the process and its cores.
/// </summary>
internal sealed class IngestBenchmark : Command
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<int> _rows = Number("--rows", "Vectors of a round.", 20_000);
    private readonly Option<int> _dimension = Number("--dimension", "Components of a vector.", 512);
    private readonly Option<int?> _identities = new("--identities")
    {
        Description = "Identities over which they go in turn. Default: as many as vectors.", HelpName = "N",
    };

    private readonly Option<int> _partitions = Number("--partitions", "Partitions of the gallery.", 64);
    private readonly Option<int> _rounds = Number("--rounds", "How often everything is timed, after once before.", 5);
    private readonly Option<int> _seed = Number("--seed", "Another seed, other vectors.", 1);
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON only." };
    private readonly Option<bool> _save = new("--save") { Description = "Keep the report in results/ingest.md." };

    public IngestBenchmark()
        : base("ingest", "How fast do vectors enter over HTTP, beside a bare loop that writes the same?")
    {
        foreach (Option option in (Option[])
            [_rows, _dimension, _identities, _partitions, _rounds, _seed, _json, _save])
        {
            Add(option);
        }

        SetAction((arguments, _) => RunAsync(arguments));
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        int rows = arguments.GetValue(_rows);
        int identities = Math.Clamp(arguments.GetValue(_identities) ?? rows, 1, rows);
        ClusteredRows source = new(arguments.GetValue(_seed), rows, arguments.GetValue(_dimension));
        List<IngestRound> rounds = [];
        for (int round = 0; round <= arguments.GetValue(_rounds); round++)
        {
            IngestRound one = await IngestRound.RunAsync(source, identities, arguments.GetValue(_partitions));
            await Console.Error.WriteLineAsync($"Round {round}: {one}");
            if (round > 0)
            {
                rounds.Add(one);
            }
        }

        IngestFigures figures = new()
        {
            Rows = rows,
            Dimension = source.Dimension,
            Identities = identities,
            VectorsPerSecond = Statistics.Median(rounds.Select(one => one.VectorsPerSecond)),
            BareVectorsPerSecond = Statistics.Median(rounds.Select(one => one.BareVectorsPerSecond)),
            Ratio = Statistics.Median(rounds.Select(one => one.VectorsPerSecond / one.BareVectorsPerSecond)),
            BytesWrittenPerVector = Statistics.Median(rounds.Select(one => one.BytesWrittenPerVector)),
        };
        string text = Describe(figures, rounds, arguments);
        Console.WriteLine(arguments.GetValue(_json) ? JsonSerializer.Serialize(figures, Json) : text);
        if (arguments.GetValue(_save))
        {
            BenchmarkReport.SaveSection(
                "ingest", "Vectors over HTTP into SQLite, against a bare loop",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rows:N0} vectors of {source.Dimension} dimensions over {identities:N0} identities"),
                text);
        }

        return 0;
    }

    private string Describe(IngestFigures figures, List<IngestRound> rounds, ParseResult arguments)
    {
        MarkdownTable table = new("", "vectors/s", "ratio", "bytes written per vector");
        table.Add(
            "over HTTP", Figure.Of(figures.VectorsPerSecond),
            $"{Figure.Of(figures.Ratio, 2)} ({Figure.Of(rounds.Min(Ratio), 2)} to {Figure.Of(rounds.Max(Ratio), 2)})",
            Figure.Of(figures.BytesWrittenPerVector));
        table.Add("bare loop", Figure.Of(figures.BareVectorsPerSecond), "1", "");
        return $"""
            {Machine.Describe()}; {arguments.GetValue(_partitions)} partitions; {rounds.Count} rounds in turn into new
            files; medians. Load average at the end {Machine.Load()}. The service commits
            {Figure.Of(Statistics.Median(rounds.Select(one => one.ImagesPerCommit)))} images at a time, and so does the
            bare loop. Client and service share a process and its cores.

            {table}
            """;
    }

    private static double Ratio(IngestRound round) => round.VectorsPerSecond / round.BareVectorsPerSecond;
}
