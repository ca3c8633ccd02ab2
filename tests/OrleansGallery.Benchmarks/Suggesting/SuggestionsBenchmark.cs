using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Benchmarks.Hosting;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Server;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Suggesting;

/// <summary>
/// How long do merge suggestions take: for all identities, and again when some have changed? Meanwhile somebody
/// searches, and waits as long as the report says. Client and service share the process and its cores.
/// </summary>
internal sealed class SuggestionsBenchmark : Command
{
    private const string Gallery = "rows";
    private const int Warm = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<int> _rows = Number("--rows", "Identities, of one vector each.", 100_000);
    private readonly Option<int> _dimension = Number("--dimension", "Components of a vector.", 512);
    private readonly Option<int> _partitions = Number("--partitions", "Partitions of the gallery.", 16);
    private readonly Option<int> _changed = Number("--changed", "Identities of a hundred that change.", 1);
    private readonly Option<double> _minScore = new("--min-score")
    {
        Description = "The lowest score of a pair. Default: 0.5.", HelpName = "SCORE",
        DefaultValueFactory = _ => 0.5,
    };

    private readonly Option<int> _seed = Number("--seed", "Another seed, other vectors.", 1);
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON only." };
    private readonly Option<bool> _save = new("--save") { Description = "Keep the report in results/suggestions.md." };

    public SuggestionsBenchmark()
        : base("suggestions", "How long do merge suggestions take, at first and after changes?")
    {
        foreach (Option option in (Option[])
            [_rows, _dimension, _partitions, _changed, _minScore, _seed, _json, _save])
        {
            Add(option);
        }

        SetAction((arguments, _) => RunAsync(arguments));
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        int rows = arguments.GetValue(_rows);
        int changed = Math.Max(1, rows * arguments.GetValue(_changed) / 100);
        // The vectors behind the rows are those that the changed ones get beside their own.
        ClusteredRows source = new(
            arguments.GetValue(_seed), rows + changed, arguments.GetValue(_dimension));
        string folder = Directory.CreateTempSubdirectory("gallery-suggestions-").FullName;
        try
        {
            SuggestionsFigures figures = await MeasureAsync(folder, source, rows, changed, arguments);
            string text = Describe(figures, arguments);
            Console.WriteLine(arguments.GetValue(_json) ? JsonSerializer.Serialize(figures, Json) : text);
            if (arguments.GetValue(_save))
            {
                BenchmarkReport.SaveSection(
                    "suggestions", "Merge suggestions",
                    string.Create(
                        CultureInfo.InvariantCulture, $"{rows:N0} identities of {source.Dimension} dimensions"),
                    text);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<SuggestionsFigures> MeasureAsync(
        string folder, ClusteredRows source, int rows, int changed, ParseResult arguments)
    {
        await using WebApplication app = await LocalService.StartAsync(folder);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(new CreateGalleryRequest
        {
            Name = Gallery, Dimension = source.Dimension, Partitions = arguments.GetValue(_partitions),
        });
        await IngestAsync(client, source, 0, rows, row => row);
        await CodedRows.WaitAsync(client, Gallery, VectorOf(source, 0));
        SearchTimes searches = new(client, Gallery, i => VectorOf(source, i % rows));
        double idle = Statistics.Median(await searches.RunAsync(Warm));
        RefreshSuggestionsRequest request = new() { MinScore = arguments.GetValue(_minScore) };
        (double first, SuggestionRunResponse run, IReadOnlyList<double> meanwhile) =
            await RefreshAsync(client, request, searches);
        int pairs = await CountAsync(client);
        double? cut = (await client.GetSuggestionsAsync(Gallery, limit: 1)).CutAt;
        // One in a hundred, over all partitions.
        await IngestAsync(client, source, rows, changed, row => (row - rows) * (rows / changed));
        await CodedRows.WaitAsync(client, Gallery, VectorOf(source, 0));
        (double again, SuggestionRunResponse second, _) = await RefreshAsync(client, request, searches: null);
        await app.StopAsync();
        return new SuggestionsFigures
        {
            Rows = rows,
            Dimension = source.Dimension,
            Searched = run.Searched,
            FirstSeconds = first,
            Changed = second.Searched,
            AgainSeconds = again,
            Pairs = pairs,
            CutAt = cut,
            IdleMilliseconds = idle,
            BusyMilliseconds = Statistics.Median(meanwhile),
        };
    }

    private static async Task IngestAsync(
        GalleryClient client, ClusteredRows source, int first, int count, Func<int, int> identityOf)
    {
        await Console.Error.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Ingesting {count:N0} vectors ..."));
        IEnumerable<IngestItem> items = Enumerable.Range(first, count).Select(row => new IngestItem
        {
            Identity = RowIds.Of(identityOf(row)),
            ImageId = row.ToString(CultureInfo.InvariantCulture),
            Vector = VectorOf(source, row),
        });
        await foreach (IngestAck ack in client.IngestAsync(Gallery, items.ToAsyncEnumerable()))
        {
            if (ack.Status != EnrolStatus.Searchable)
            {
                throw new InvalidOperationException($"Row {ack.Seq} was {ack.Status}: {ack.Error?.Message}");
            }
        }
    }

    private static async Task<(double Seconds, SuggestionRunResponse Run, IReadOnlyList<double> Searches)> RefreshAsync(
        GalleryClient client, RefreshSuggestionsRequest request, SearchTimes? searches)
    {
        using CancellationTokenSource over = new();
        Task<IReadOnlyList<double>> searching =
            searches?.RunUntilAsync(over.Token) ?? Task.FromResult<IReadOnlyList<double>>([]);
        long started = Stopwatch.GetTimestamp();
        SuggestionRunResponse run = await client.RefreshSuggestionsAsync(
            Gallery, request, now => Console.Error.Write($"\r{now.Searched} of {now.Total}    "));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Console.Error.WriteLineAsync();
        await over.CancelAsync();
        return run.State == SuggestionRunState.Done
            ? (seconds, run, await searching)
            : throw new InvalidOperationException($"The search for pairs was {run.State}: {run.Error}");
    }

    private static async Task<int> CountAsync(GalleryClient client)
    {
        int pairs = 0;
        string? cursor = null;
        do
        {
            SuggestionsResponse page = await client.GetSuggestionsAsync(Gallery, cursor: cursor, limit: 100);
            pairs += page.Suggestions.Count;
            cursor = page.Next;
        }
        while (cursor is not null);
        return pairs;
    }

    private static float[] VectorOf(ClusteredRows source, int row)
    {
        float[] vector = new float[source.Dimension];
        source.WriteRow(row, vector);
        return vector;
    }

    private string Describe(SuggestionsFigures figures, ParseResult arguments)
    {
        MarkdownTable table = new("", "searched for", "seconds", "per second");
        table.Add(
            "first", Figure.Of(figures.Searched), Figure.Of(figures.FirstSeconds, 1),
            Figure.Of(figures.Searched / figures.FirstSeconds));
        table.Add(
            "after changes", Figure.Of(figures.Changed), Figure.Of(figures.AgainSeconds, 1),
            Figure.Of(figures.Changed / figures.AgainSeconds));
        return $"""
            {Machine.Describe()}; {arguments.GetValue(_partitions)} partitions, SQLite; pairs from a score of
            {Figure.Of(arguments.GetValue(_minScore), 2)} on: {Figure.Of(figures.Pairs)} kept{(figures.CutAt is { } cut
                ? $", complete down to {Figure.Of(cut, 4)}" : string.Empty)}. One client searched all the time of the
            first: {Figure.Of(figures.BusyMilliseconds, 1)} ms in the median, {Figure.Of(figures.IdleMilliseconds, 1)}
            ms before. Load average at the end {Machine.Load()}. Client and service share a process and its cores.

            {table}
            """;
    }
}
