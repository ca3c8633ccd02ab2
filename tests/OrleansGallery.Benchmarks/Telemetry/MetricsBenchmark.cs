using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Benchmarks.Hosting;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.Benchmarks.Telemetry;

/// <summary>
/// What do the metrics cost? A service without them and one with them, asked for all of them every second, in turn take
/// the same vectors by stream and answer searches; the median of the pairs' ratios counts.
/// </summary>
internal static class MetricsBenchmark
{
    private const string Gallery = "rows";
    private const int Dimension = 256;
    private const int Vectors = 20_000;
    private const int Partitions = 16;
    private const int Clients = 4;
    private const int Rounds = 7;

    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(6);

    /// <summary>Runs it.</summary>
    /// <returns>0.</returns>
    public static async Task<int> RunAsync()
    {
        IngestItem[] items = [.. Enumerable.Range(0, Vectors).AsParallel().AsOrdered().Select(ItemOf)];
        List<Rates> off = [];
        List<Rates> on = [];
        for (int round = 0; round <= Rounds; round++)
        {
            // Who is first changes, and the first pair warms up.
            bool onFirst = round % 2 == 1;
            Rates first = await MeasureAsync(items, onFirst);
            Rates second = await MeasureAsync(items, !onFirst);
            if (round > 0)
            {
                (onFirst ? on : off).Add(first);
                (onFirst ? off : on).Add(second);
            }

            Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} Round {round} of {Rounds} is done.");
        }

        MarkdownTable table = new("", "vectors/s ingested", "searches/s");
        AddRow(table, "without metrics", off);
        AddRow(table, "with metrics", on);
        BenchmarkReport.Write("metrics", $"""
            # A service with metrics against one without

            {Machine.Describe()}; {Vectors} vectors of {Dimension} dimensions by one stream into SQLite, then {Clients}
            clients that search for {SearchTime.TotalSeconds:0} s, all over HTTP in one process; the one with metrics is
            asked for all of them every second; {Rounds} pairs in turn; medians. Load average at the end
            {Machine.Load()}.

            {table}
            With against without, pair by pair: ingest {Ratio(on, off, rates => rates.Ingest)}, searches
            {Ratio(on, off, rates => rates.Searches)} (target: at least 0.97).

            """);
        return 0;
    }

    private static async Task<Rates> MeasureAsync(IngestItem[] items, bool withMetrics)
    {
        string folder = Directory.CreateTempSubdirectory("gallery-benchmark-").FullName;
        try
        {
            await using WebApplication app = await LocalService.StartAsync(
                folder, ("Telemetry:Metrics", withMetrics ? "true" : "false"));
            using CancellationTokenSource over = new();
            Task scraping = withMetrics ? ScrapeAsync(GalleryHost.AddressOf(app), over.Token) : Task.CompletedTask;
            Rates rates = await MeasureAsync(items, GalleryHost.AddressOf(app));
            await over.CancelAsync();
            await scraping;
            await app.StopAsync();
            return rates;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Rates> MeasureAsync(IngestItem[] items, Uri url)
    {
        using GalleryClient client = new(url);
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = Dimension, Partitions = Partitions });
        long started = Stopwatch.GetTimestamp();
        await foreach (IngestAck ack in client.IngestAsync(Gallery, items.ToAsyncEnumerable()))
        {
            if (ack.Status != EnrolStatus.Searchable)
            {
                throw new InvalidOperationException($"Vector {ack.Seq} was {ack.Status}: {ack.Error?.Message}");
            }
        }

        double ingest = items.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        int[] searches = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(async () =>
        {
            int done = 0;
            for (; Stopwatch.GetElapsedTime(started) < SearchTime; done++)
            {
                float[] query = items[((done * Clients) + number) % items.Length].Vector!;
                await client.SearchAsync(Gallery, new SearchRequest { Vector = query, Top = 10 });
            }

            return done;
        })));
        return new Rates(ingest, searches.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static async Task ScrapeAsync(Uri url, CancellationToken over)
    {
        using HttpClient http = new() { BaseAddress = url };
        using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
        try
        {
            while (await second.WaitForNextTickAsync(over))
            {
                await http.GetByteArrayAsync(new Uri("/metrics", UriKind.Relative), over);
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static IngestItem ItemOf(int number) => new()
    {
        Identity = $"identity {number}", ImageId = "1",
        Vector = SyntheticVectors.Embedding(number, 0, Dimension),
    };

    private static void AddRow(MarkdownTable table, string name, List<Rates> rates) => table.Add(
        name, Figure.Of(Statistics.Median(rates.Select(each => each.Ingest))),
        Figure.Of(Statistics.Median(rates.Select(each => each.Searches))));

    private static string Ratio(List<Rates> on, List<Rates> off, Func<Rates, double> rate) => Statistics
        .Median(on.Zip(off, (with, without) => rate(with) / rate(without)))
        .ToString("F3", CultureInfo.InvariantCulture);

    private sealed record Rates(double Ingest, double Searches);
}
