using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Benchmarks.Hosting;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Server;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// What does the service add to a scan? Rows are ingested over HTTP; then clients search over HTTP while some of them
/// enrol, and, in turn, as many threads scan the very same tables without a service around them.
/// </summary>
internal sealed class ServiceBenchmark : SearchCommand
{
    private const string Gallery = "rows";

    private readonly Option<int> _clients = Number("--clients", "Searches under way at once.", 4);
    private readonly Option<int> _seconds = Number("--seconds", "How long each measurement takes.", 20);
    private readonly Option<int> _updates = Number("--queries-per-update", "Queries between two enrolments.", 10);
    private readonly Option<string?> _folder = new("--folder") { Description = "Where the data folder is made." };

    public ServiceBenchmark()
        : base("What does the service add to a scan?")
    {
        foreach (Option option in (Option[])[_clients, _seconds, _updates, _folder])
        {
            Add(option);
        }
    }

    protected override string Key => "service";

    protected override int Run(SearchSetup setup, ParseResult arguments)
    {
        string folder = Path.Combine(
            arguments.GetValue(_folder) ?? Path.GetTempPath(), $"gallery-service-{Guid.NewGuid():N}");
        try
        {
            return RunAsync(setup, folder, arguments).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<int> RunAsync(SearchSetup setup, string folder, ParseResult arguments)
    {
        await using WebApplication app = await LocalService.StartAsync(folder);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(new CreateGalleryRequest
        {
            Name = Gallery, Dimension = setup.Source.Dimension, Partitions = setup.Partitions,
        });
        double rowsPerSecond = await IngestAsync(client, setup.Source);
        await CodedRows.WaitAsync(client, Gallery, setup.Queries[0].Unit.ToArray());
        CentroidTable[] tables =
            [.. app.Services.GetRequiredService<LocalPartitions>().All.Select(local => local.Rows.Whole)];
        int clients = arguments.GetValue(_clients);
        TimeSpan duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds));
        ServiceLoad load = new(client, Gallery, setup, arguments.GetValue(_updates));
        List<double> service = [];
        List<double> bare = [];
        for (int round = 0; round < setup.Rounds; round++)
        {
            Progress($"Round {round + 1} of {setup.Rounds} ...");
            bare.AddRange(BareScans.Run(tables, setup.Queries, clients, duration));
            service.AddRange(await load.RunAsync(clients, duration));
        }

        Write(setup, rowsPerSecond, load, service, bare);
        await app.StopAsync();
        return load.Partial == 0 ? 0 : 1;
    }

    private static async Task<double> IngestAsync(GalleryClient client, IRowSource source)
    {
        Progress($"Ingesting {source.Count:N0} rows over HTTP ...");
        long started = Stopwatch.GetTimestamp();
        int done = 0;
        await foreach (IngestAck ack in client.IngestAsync(Gallery, Items(source)))
        {
            if (ack.Status != EnrolStatus.Searchable)
            {
                throw new InvalidOperationException($"Row {ack.Seq} was {ack.Status}: {ack.Error?.Message}");
            }

            if (++done % 100_000 == 0)
            {
                Progress($"... {done:N0}");
            }
        }

        return source.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async IAsyncEnumerable<IngestItem> Items(IRowSource source)
    {
        await Task.Yield();
        for (int row = 0; row < source.Count; row++)
        {
            float[] vector = new float[source.Dimension];
            source.WriteRow(row, vector);
            yield return new IngestItem { Identity = RowIds.Of(row), ImageId = "1", Vector = vector };
        }
    }

    private static void Write(
        SearchSetup setup, double rowsPerSecond, ServiceLoad load, List<double> service, List<double> bare)
    {
        MarkdownTable table = new("", "queries", "p50 ms", "p99 ms", "p99.9 ms");
        table.Add(Row("bare scan", bare));
        table.Add(Row("service", service));
        string body = $"""
            `{setup.CommandLine}`

            {Machine.Describe()}; load average at the end {Machine.Load()}

            {setup.Partitions} partitions, ingested over HTTP at {rowsPerSecond:N0} rows/s; {load.Updates:N0} images
            were enrolled meanwhile; complete answers: {service.Count - load.Partial:N0} of {service.Count:N0}. The
            service, its clients and their JSON share the machine's cores; the bare scan is of the same tables with as
            many threads.

            {table}
            """;
        Console.WriteLine(body);
        if (setup.Save)
        {
            BenchmarkReport.SaveSection("service", "Search through the service", setup.Heading, body);
        }
    }

    private static string[] Row(string name, List<double> times)
    {
        double[] sorted = [.. times.Order()];
        string At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))]
            .ToString("0.0", CultureInfo.InvariantCulture);
        return [name, sorted.Length.ToString("N0", CultureInfo.InvariantCulture), At(0.5), At(0.99), At(0.999)];
    }
}
