using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Benchmarks.Committing;
using OrleansGallery.Benchmarks.Hosting;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Server;

namespace OrleansGallery.Benchmarks.Ingesting;

/// <summary>One round: a service of its own with an empty folder, a client in the same process, and the bare loop
/// afterwards.</summary>
/// <param name="VectorsPerSecond">Over HTTP.</param>
/// <param name="BareVectorsPerSecond">By the bare loop.</param>
/// <param name="BytesWrittenPerVector">What the process had written to the disk by the service.</param>
/// <param name="ImagesPerCommit">Images of a transaction of the service's, on average.</param>
internal sealed record IngestRound(
    double VectorsPerSecond, double BareVectorsPerSecond, double BytesWrittenPerVector, double ImagesPerCommit)
{
    private const string Gallery = "rows";

    /// <summary>Runs it.</summary>
    /// <param name="source">The vectors.</param>
    /// <param name="identities">Over how many identities they go.</param>
    /// <param name="partitions">Partitions of the gallery.</param>
    /// <returns>What was measured.</returns>
    public static async Task<IngestRound> RunAsync(IRowSource source, int identities, int partitions)
    {
        string folder = Directory.CreateTempSubdirectory("gallery-ingest-").FullName;
        try
        {
            using CommitCounts counts = new();
            long written = BytesWritten();
            double rate = await ServeAsync(folder, source, identities, partitions);
            written = BytesWritten() - written;
            (long commits, _, long images) = counts.Take();
            double group = (double)images / commits;
            double bare = await new BareLoop(StoredGallery.Read(Path.Combine(folder, "gallery.db"))).WriteAsync(
                Path.Combine(folder, "bare.db"), Math.Max(1, (int)Math.Round(group)));
            return new IngestRound(rate, bare, (double)written / source.Count, group);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> ServeAsync(string folder, IRowSource source, int identities, int partitions)
    {
        await using WebApplication app = await LocalService.StartAsync(folder);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(new CreateGalleryRequest
        {
            Name = Gallery, Dimension = source.Dimension, Partitions = partitions,
        });
        IngestItem[] items = [.. Enumerable.Range(0, source.Count).Select(row => ItemOf(source, row, identities))];
        long started = Stopwatch.GetTimestamp();
        await foreach (IngestAck ack in client.IngestAsync(Gallery, items.ToAsyncEnumerable()))
        {
            if (ack.Status != EnrolStatus.Searchable)
            {
                throw new InvalidOperationException($"Row {ack.Seq} was {ack.Status}: {ack.Error?.Message}");
            }
        }

        double rate = source.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await app.StopAsync();
        return rate;
    }

    private static IngestItem ItemOf(IRowSource source, int row, int identities)
    {
        float[] vector = new float[source.Dimension];
        source.WriteRow(row, vector);
        return new IngestItem
        {
            Identity = RowIds.Of(row % identities),
            ImageId = row.ToString(CultureInfo.InvariantCulture),
            Vector = vector,
        };
    }

    private static long BytesWritten() => File.ReadLines("/proc/self/io")
        .Where(line => line.StartsWith("write_bytes:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan("write_bytes:".Length), CultureInfo.InvariantCulture))
        .Single();
}
