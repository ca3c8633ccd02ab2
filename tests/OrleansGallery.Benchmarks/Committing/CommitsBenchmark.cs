using System.CommandLine;
using System.Diagnostics;
using OrleansGallery.Abstractions;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>
/// What does durable ingest into PostgreSQL cost beside COPY of the same rows into the same tables? Both write the same
/// identities in turn, by as many connections, into empty tables; the figures are medians of the rounds.
/// </summary>
internal sealed class CommitsBenchmark : RootCommand
{
    private const int MostLanes = 2;

    private readonly Option<int> _rows = Number("--rows", "Identities per measurement, of one image each.", 20_000);
    private readonly Option<int> _dimension = Number("--dimension", "Components of a vector.", 512);
    private readonly Option<int> _partitions = Number("--partitions", "Partitions of the gallery.", 64);
    private readonly Option<int> _rounds = Number("--rounds", "How often everything is timed.", 5);
    private readonly Option<int> _inFlight = Number("--in-flight", "Changes that wait for the store at once.", 4096);
    private readonly Option<int> _seed = Number("--seed", "Another seed, other vectors.", 1);
    private readonly Option<string?> _database = new("--database")
    {
        Description = "A PostgreSQL server on which a database may be made, as a connection string. Default: one is "
            + "started for the time being.",
        HelpName = "CONNECTION",
    };

    private readonly Option<bool> _save = new("--save") { Description = "Keep the figures in results/." };

    public CommitsBenchmark()
        : base("What does durable ingest into PostgreSQL cost beside COPY?")
    {
        foreach (Option option in (Option[])
            [_rows, _dimension, _partitions, _rounds, _inFlight, _seed, _database, _save])
        {
            Add(option);
        }

        SetAction((arguments, _) => RunAsync(arguments));
    }

    private static Option<int> Number(string name, string description, int value) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => value,
    };

    private static double RateOf(int rows, long started) =>
        rows / Stopwatch.GetElapsedTime(started).TotalSeconds;

    private async Task<int> RunAsync(ParseResult arguments)
    {
        IdentityChange[] changes = CommitRows.Make(
            arguments.GetValue(_seed), arguments.GetValue(_rows), arguments.GetValue(_dimension));
        await using BenchmarkDatabase database = await BenchmarkDatabase.CreateAsync(arguments.GetValue(_database));
        using PostgresGalleryStore store = new(database.ConnectionString, new PostgresStoreOptions());
        using GroupWriter groups = new(store);
        CopyWriter copies = new(database.Source, changes);
        List<Round> rounds = [];
        for (int round = 0; round <= arguments.GetValue(_rounds); round++)
        {
            for (int lanes = 1; lanes <= MostLanes; lanes++)
            {
                Round one = await TimeAsync(database, store, groups, copies, changes, lanes, arguments);
                await Console.Error.WriteLineAsync($"Round {round}: {one}");
                if (round > 0)
                {
                    rounds.Add(one);
                }
            }
        }

        string body = Describe(await database.DescribeAsync(), rounds, arguments);
        if (arguments.GetValue(_save))
        {
            BenchmarkReport.Write("commits", body);
        }
        else
        {
            Console.WriteLine(body);
        }

        return 0;
    }

    private async Task<Round> TimeAsync(BenchmarkDatabase database, PostgresGalleryStore store, GroupWriter groups,
        CopyWriter copies, IdentityChange[] changes, int lanes, ParseResult arguments)
    {
        GalleryRecord gallery = await CreateAsync(store, arguments);
        LocalPartition[] partitions = await groups.TakeAsync(gallery);
        await database.ClearAsync();
        long started = Stopwatch.GetTimestamp();
        await copies.WriteAsync(gallery.Number, lanes);
        double copy = RateOf(changes.Length, started);
        await database.ClearAsync();
        started = Stopwatch.GetTimestamp();
        await groups.WriteAsync(partitions, changes, lanes, arguments.GetValue(_inFlight));
        return new Round(lanes, copy, RateOf(changes.Length, started));
    }

    private async Task<GalleryRecord> CreateAsync(PostgresGalleryStore store, ParseResult arguments) =>
        (await store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = $"{Guid.NewGuid():N}",
                Dimension = arguments.GetValue(_dimension),
                Partitions = arguments.GetValue(_partitions),
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(), CancellationToken.None))!;

    private string Describe(string server, List<Round> rounds, ParseResult arguments)
    {
        MarkdownTable table = new("at once", "COPY, rows/s", "group commit, rows/s", "ratio, round by round");
        foreach (IGrouping<int, Round> lanes in rounds.GroupBy(round => round.Lanes))
        {
            double[] ratios = [.. lanes.Select(round => round.Commit / round.Copy)];
            table.Add(
                Figure.Of(lanes.Key),
                Figure.Of(Statistics.Median(lanes.Select(round => round.Copy))),
                Figure.Of(Statistics.Median(lanes.Select(round => round.Commit))),
                $"{Figure.Of(Statistics.Median(ratios), 2)} ({Figure.Of(ratios.Min(), 2)} to "
                    + $"{Figure.Of(ratios.Max(), 2)})");
        }

        return $"""
            # Durable ingest into PostgreSQL against COPY

            {Machine.Describe()}; {server}. {Figure.Of(arguments.GetValue(_rows))} identities of one image and
            {arguments.GetValue(_dimension)} dimensions per measurement, {arguments.GetValue(_partitions)} partitions,
            {arguments.GetValue(_inFlight)} changes in flight; {arguments.GetValue(_rounds)} rounds in turn into empty
            tables; medians. Load average at the end {Machine.Load()}.

            COPY writes the same rows of identities, sums and images, one transaction per connection. Group commit looks
            at epochs and sequences, packs sums, and publishes the rows to the tables that searches scan; a silo has two
            transactions under way.

            {table}
            Target of the ratio: at least 0.5.

            """;
    }

    private sealed record Round(int Lanes, double Copy, double Commit);
}
