using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Benchmarks.Hosting;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Testing;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>
/// Does one hot identity hold up ingestion? The same number of vectors goes to one identity and to 64 in turn, through
/// the real grains into a real SQLite file, with the same number in flight.
/// </summary>
internal static class HotIdentityBenchmark
{
    private const int Dimension = 512;
    private const int Vectors = 8192;
    private const int InFlight = 256;
    private const int Rounds = 7;

    /// <summary>Runs it.</summary>
    /// <returns>0.</returns>
    public static async Task<int> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("gallery-benchmark-").FullName;
        try
        {
            await using WebApplication app = await LocalService.StartAsync(folder);
            BenchmarkReport.Write("hot-identity", await MeasureAsync(app.Services.GetRequiredService<IGrainFactory>()));
            await app.StopAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(IGrainFactory grains)
    {
        Gallery gallery = await grains.GetGrain<IGalleryGrain>("hot").CreateAsync(
            new Gallery { Name = "hot", Dimension = Dimension, Partitions = 64 });
        ImageToEnrol[] images = [.. Enumerable.Range(0, Vectors * (Rounds + 1)).AsParallel().AsOrdered()
            .Select(ImageOf)];
        using CommitCounts counts = new();
        List<Row> hot = [];
        List<Row> spread = [];
        for (int round = 0; round <= Rounds; round++)
        {
            ArraySegment<ImageToEnrol> share = new(images, round * Vectors, Vectors);
            Row one = await TimeAsync(grains, gallery, share, _ => $"hot {round}", counts);
            Row many = await TimeAsync(grains, gallery, share, i => $"spread {round} {i % 64}", counts);
            if (round > 0)
            {
                hot.Add(one);
                spread.Add(many);
            }
        }

        double ratio = Statistics.Median(hot.Zip(spread, (a, b) => a.Rate / b.Rate));
        MarkdownTable table = new("", "vectors/s", "images per change", "changes per commit", "images per commit");
        AddRow(table, "1 identity", hot);
        AddRow(table, "64 identities in turn", spread);
        return $"""
            # One hot identity against 64

            {Machine.Describe()}; {Vectors} vectors of {Dimension} dimensions per round through the grains into SQLite
            (WAL, synchronous FULL), {InFlight} in flight; {Rounds} rounds in turn; medians. Load average at the end
            {Machine.Load()}.

            {table}
            Ratio, round by round: {ratio.ToString("F2", CultureInfo.InvariantCulture)} (target: at least 0.5).

            """;
    }

    private static async Task<Row> TimeAsync(IGrainFactory grains, Gallery gallery,
        ArraySegment<ImageToEnrol> images, Func<int, string> identityOf, CommitCounts counts)
    {
        counts.Take();
        int next = -1;
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < images.Count;)
            {
                string id = identityOf(i);
                EnrolReceipt receipt = await grains.GetGrain<IIdentityGrain>(GrainKeys.Identity(
                    gallery.Number, gallery.Partitions, PartitionFunction.PartitionOf(id, gallery.Partitions), id))
                    .EnrolAsync(images[i]);
                if (receipt.Outcome != EnrolOutcome.Searchable)
                {
                    throw new InvalidOperationException($"Vector {i} was answered {receipt.Outcome}.");
                }
            }
        })));
        double rate = images.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        (long commits, long changes, long added) = counts.Take();
        return new Row(rate, (double)added / changes, (double)changes / commits, (double)added / commits);
    }

    private static ImageToEnrol ImageOf(int number)
    {
        VectorBytes embedding = VectorBytes.From(SyntheticVectors.Embedding(number % 64, number, Dimension));
        byte[] hash = System.Security.Cryptography.SHA256.HashData(embedding.Bytes);
        return new ImageToEnrol
        {
            ImageId = Convert.ToHexStringLower(hash),
            Facet = string.Empty,
            ContentHash = hash,
            Embedding = embedding,
        };
    }

    private static void AddRow(MarkdownTable table, string name, List<Row> rows) => table.Add(
        name,
        Statistics.Median(rows.Select(row => row.Rate)).ToString("N0", CultureInfo.InvariantCulture),
        Text(rows.Select(row => row.ImagesPerChange)),
        Text(rows.Select(row => row.ChangesPerCommit)),
        Text(rows.Select(row => row.ImagesPerCommit)));

    private static string Text(IEnumerable<double> values) =>
        Statistics.Median(values).ToString("F1", CultureInfo.InvariantCulture);

    private sealed record Row(double Rate, double ImagesPerChange, double ChangesPerCommit, double ImagesPerCommit);
}
