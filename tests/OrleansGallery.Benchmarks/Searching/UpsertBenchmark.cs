using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Retrieval;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// How fast does one thread replace rows while others search? Once without queries and once with, in turn; at the end
/// every query is compared with brute force over the rows as they have become.
/// </summary>
internal sealed class UpsertBenchmark : SearchCommand
{
    private const double Target = 20_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<int> _seconds = Number("--seconds", "How long each measurement takes.", 5);
    private readonly Option<int> _perChange = Number("--per-change", "Rows per sequence number.", 32);
    private readonly Option<int> _readers = Number("--readers", "Threads that search.", 1);

    public UpsertBenchmark()
        : base("How fast does one thread replace rows while queries run?")
    {
        Add(_seconds);
        Add(_perChange);
        Add(_readers);
    }

    protected override string Key => "upserts";

    protected override int Run(SearchSetup setup, ParseResult arguments)
    {
        TimeSpan duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds));
        int perChange = arguments.GetValue(_perChange);
        int readers = arguments.GetValue(_readers);
        Progress($"Making {setup.Heading}, {setup.Partitions} partitions ...");
        CentroidTable[] tables = GalleryTables.Build(setup.Source, setup.Partitions);
        IScanMethod[] methods = ScanMethods.Create(tables, threads: 1);
        UpsertWriter writer = new(setup.Source, tables, perChange, setup.Seed);
        List<UpsertFigures> alone = [];
        List<UpsertFigures> beside = [];
        Progress("Writing ...");
        for (int round = 0; round < setup.Rounds; round++)
        {
            alone.Add(OnItsOwnThread(() => writer.Run(duration)));
            beside.Add(Beside(methods[^1], setup.Queries, readers, () => writer.Run(duration)));
        }

        Progress("Comparing with brute force ...");
        bool exact = IsExact(methods, setup.Queries, BruteForce.Search(tables, setup.Queries));
        UpsertFigures[] figures = [Median(alone), Median(beside)];
        Write(setup, figures, $"rows per sequence number: {perChange}, threads with queries: {readers}", exact);
        return exact ? 0 : 1;
    }

    private static UpsertFigures Beside(IScanMethod method, ScanQuery[] queries, int readers, Func<UpsertFigures> write)
    {
        using CancellationTokenSource stop = new();
        Task<List<double>>[] reading = [.. Enumerable.Range(0, readers).Select(reader => Task.Factory.StartNew(
            () => Search(method, queries, reader, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        UpsertFigures figures = OnItsOwnThread(write);
        stop.Cancel();
        return figures with { QueryMs = Statistics.Median(Task.WhenAll(reading).Result.SelectMany(times => times)) };
    }

    private static List<double> Search(IScanMethod method, ScanQuery[] queries, int reader, CancellationToken stop)
    {
        List<double> times = [];
        ScanAnswer[] answer = new ScanAnswer[1];
        for (int query = reader; times.Count == 0 || !stop.IsCancellationRequested; query++)
        {
            long started = Stopwatch.GetTimestamp();
            method.Search(queries.AsSpan(query % queries.Length, 1), answer);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    // A thread that does nothing else: its CPU time is the upserts'.
    private static T OnItsOwnThread<T>(Func<T> action) => Task.Factory.StartNew(
        action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Result;

    private static bool IsExact(IScanMethod[] methods, ScanQuery[] queries, Match[][] truth) => methods.All(method =>
    {
        ScanAnswer[] answers = new ScanAnswer[queries.Length];
        method.Search(queries, answers);
        return answers.Zip(truth).All(pair => BruteForce.Equal(pair.First, pair.Second));
    });

    private static UpsertFigures Median(List<UpsertFigures> rounds) => new()
    {
        PerSecond = Statistics.Median(rounds.Select(round => round.PerSecond)),
        PerCpuSecond = rounds[0].PerCpuSecond is null
            ? null
            : Statistics.Median(rounds.Select(round => round.PerCpuSecond ?? 0)),
        ChangeP99Ms = Statistics.Median(rounds.Select(round => round.ChangeP99Ms)),
        QueryMs = rounds[0].QueryMs is null ? null : Statistics.Median(rounds.Select(round => round.QueryMs ?? 0)),
    };

    private static void Write(SearchSetup setup, UpsertFigures[] figures, string how, bool exact)
    {
        MarkdownTable table = new(
            "one writing thread", "upserts/s", "upserts per CPU second", "p99 until visible, ms", "ms per query");
        foreach ((string name, UpsertFigures each) in new[] { "alone", "while queries run" }.Zip(figures))
        {
            table.Add(
                name, Figure.Of(each.PerSecond), Figure.Of(each.PerCpuSecond), Figure.Short(each.ChangeP99Ms),
                Figure.Short(each.QueryMs));
        }

        string body = $"""
            {Machine.Describe()};
            {setup.Heading}; partitions: {setup.Partitions}, {how};
            {setup.Rounds} rounds, medians. Load average at the end {Machine.Load()}.

            {table}
            Target: {Figure.Of(Target)} upserts/s of 512 dimensions on one core while queries run. Answers afterwards:
            {(exact ? "all equal to brute force" : "NOT equal to brute force")}.

            `{setup.CommandLine}`

            """;
        Console.WriteLine(setup.Json
            ? JsonSerializer.Serialize(new { Alone = figures[0], WhileQueriesRun = figures[1], Exact = exact }, Json)
            : body);
        if (setup.Save)
        {
            BenchmarkReport.SaveSection("upserts", "Upserts while queries run", setup.Heading, body);
        }
    }
}
