using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrleansGallery.Benchmarks.Committing;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Simulation;
using OrleansGallery.Storage;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Simulation;

/// <summary>
/// Does the cluster answer as plain lists do, whatever goes wrong? Random operations and faults on silos in this
/// process.
/// </summary>
internal sealed class SimulateCommand : Command
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<int> _operations =
        Number("--operations", "How many operations; faults come in between.", 20_000);

    private readonly Option<int> _seed =
        Number("--seed", "The same seed draws the same operations.", 1, least: int.MinValue);

    private readonly Option<string> _store = new Option<string>("--store")
    {
        Description = "The store.", DefaultValueFactory = _ => Sqlite,
    }.AcceptOnlyFromAmong(Sqlite, Postgres);

    private readonly Option<string?> _server = new("--server")
    {
        Description = "An Npgsql connection string of a PostgreSQL server where a database may be made. Default: one "
            + "is started.",
    };

    private readonly Option<int> _silos = Number("--silos", "How many silos.", 3);

    private readonly Option<int> _galleries =
        Number("--galleries", "How many galleries are worked on at the same time.", 8);

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON only." };
    private readonly Option<bool> _save = new("--save") { Description = "Keep the report in results/simulation.md." };

    public SimulateCommand()
        : base("simulate", "Does the cluster answer as plain lists do, whatever goes wrong?")
    {
        foreach (Option option in (Option[])[_operations, _seed, _store, _server, _silos, _galleries, _json, _save])
        {
            Add(option);
        }

        SetAction((arguments, _) => RunAsync(arguments));
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        string folder = Directory.CreateTempSubdirectory("gallery-simulation-").FullName;
        try
        {
            string store = arguments.GetRequiredValue(_store);
            await using BenchmarkDatabase? database = store == Postgres
                ? await BenchmarkDatabase.CreateAsync(arguments.GetValue(_server)) : null;
            long started = Stopwatch.GetTimestamp();
            SimulationReport report = await GallerySimulation.RunAsync(new SimulationOptions
            {
                Operations = arguments.GetValue(_operations),
                Seed = arguments.GetValue(_seed),
                Silos = arguments.GetValue(_silos),
                Galleries = arguments.GetValue(_galleries),
                Open = database is null
                    ? () => new SqliteGalleryStore(Path.Combine(folder, "gallery.db"))
                    : () => new PostgresGalleryStore(database.ConnectionString, new PostgresStoreOptions()),
                OnProgress = operations => ShowProgress(operations, started),
                OnMismatch = failure => Console.Error.WriteLine($"\n{failure}"),
            });
            Print(report, arguments, store, Stopwatch.GetElapsedTime(started));
            return report.Mismatches == 0 && report.RootHash == report.ExpectedRootHash ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ShowProgress(long operations, long started)
    {
        double rate = operations / Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture, $"\r{operations:N0} operations, {rate:N0}/s "));
    }

    private void Print(SimulationReport report, ParseResult arguments, string store, TimeSpan took)
    {
        Console.Error.WriteLine();
        foreach (string failure in report.Failures)
        {
            Console.Error.WriteLine(failure);
        }

        if (arguments.GetValue(_json))
        {
            Console.WriteLine(JsonSerializer.Serialize(report, Json));
        }
        else
        {
            Console.WriteLine(Text(report, arguments, store, took));
        }

        if (arguments.GetValue(_save))
        {
            string heading = string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Operations:N0} operations on {store}, seed {arguments.GetValue(_seed)}");
            BenchmarkReport.SaveSection(
                "simulation", "Random operations and faults, against plain lists", heading,
                Text(report, arguments, store, took));
        }
    }

    private string Text(SimulationReport report, ParseResult arguments, string store, TimeSpan took)
    {
        MarkdownTable table = new("operation or fault", "times");
        foreach ((string kind, long count) in report.Kinds.Concat(report.Faults))
        {
            table.Add(kind, count.ToString("N0", CultureInfo.InvariantCulture));
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            {report.Operations:N0} operations on {arguments.GetValue(_silos)} silos and {store}, in
            {arguments.GetValue(_galleries)} galleries at a time, took {took.TotalMinutes:F1} minutes.
            {Machine.Describe()}.
            Mismatches: {report.Mismatches}. Root hash of the cluster and of the plain lists:

                {report.RootHash}
                {report.ExpectedRootHash}

            {table}
            """);
    }
}
