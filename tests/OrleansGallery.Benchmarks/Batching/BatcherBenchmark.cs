using System.Diagnostics;
using System.Globalization;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Benchmarks.Batching;

/// <summary>
/// What does the batcher cost at full load? The same images go through the same model in batches of the same size, once
/// in a bare loop and once one by one through the batcher by 64 callers, in turn; the median of the pairs' ratios
/// counts.
/// </summary>
internal static class BatcherBenchmark
{
    private const int BatchSize = 16;
    private const int Callers = 64;
    private const int Rounds = 15;

    /// <summary>Runs it.</summary>
    /// <param name="checkpoint">Another model than the default one, for example an ONNX file; nothing is kept of
    /// it.</param>
    /// <returns>0.</returns>
    public static async Task<int> RunAsync(string? checkpoint)
    {
        string folder = Directory.CreateTempSubdirectory("gallery-benchmark-").FullName;
        try
        {
            // One thread for the model, so that the callers' own work does not take its core.
            using EmbeddingModel model = new ModelStore(folder).Load(
                checkpoint ?? ModelStore.DefaultName, threads: 1);
            ModelDescription about = model.Description;
            int count = checkpoint is null ? 512 : 128;
            PixelImage[] images = [.. Enumerable.Range(0, count).Select(
                seed => Picture(seed, about.InputWidth, about.InputHeight))];
            string report = await MeasureAsync(model, images);
            if (checkpoint is null)
            {
                BenchmarkReport.Write("batcher", report);
            }
            else
            {
                Console.WriteLine(report);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(EmbeddingModel model, PixelImage[] images)
    {
        List<(TimeSpan Wall, TimeSpan Cpu)> bare = [];
        List<(TimeSpan Wall, TimeSpan Cpu)> batched = [];
        await using DynamicBatcher batcher = new(model, new BatchingOptions { MaxBatchSize = BatchSize });
        for (int round = -1; round < Rounds; round++)
        {
            (TimeSpan, TimeSpan) loop = await TimeAsync(() => Task.Run(() => Loop(model, images)));
            (TimeSpan, TimeSpan) through = await TimeAsync(() => ThroughAsync(batcher, images));
            if (round >= 0)
            {
                bare.Add(loop);
                batched.Add(through);
            }
        }

        double wall = Statistics.Median(bare.Zip(batched, (a, b) => b.Wall / a.Wall));
        double cpu = Statistics.Median(bare.Zip(batched, (a, b) => b.Cpu / a.Cpu));
        MarkdownTable table = new("", "ms per image", "CPU ms per image", "images/s", "ratio (wall)", "ratio (CPU)");
        AddRow(table, images.Length, $"bare loop, batches of {BatchSize}", bare, "1", "1");
        AddRow(table, images.Length, $"batcher, {Callers} callers", batched, Text(wall), Text(cpu));
        return $"""
            # Overhead of the dynamic batcher at full load

            {Machine.Describe()}; one thread for the model; {model.Description.Architecture},
            {model.Description.InputHeight} x {model.Description.InputWidth} pixels;
            {Rounds} rounds of {images.Length} images each, in turn; medians. Load average at
            the end {Machine.Load()}.

            {table}
            Overhead: {((wall - 1) * 100).ToString("F1", CultureInfo.InvariantCulture)} % of wall time,
                {((cpu - 1) * 100).ToString("F1", CultureInfo.InvariantCulture)} % of CPU time (target: below 5 %).

            """;
    }

    private static void Loop(EmbeddingModel model, PixelImage[] images)
    {
        foreach (PixelImage[] batch in images.Chunk(BatchSize))
        {
            model.Embed(batch);
        }
    }

    private static Task ThroughAsync(DynamicBatcher batcher, PixelImage[] images) => Task.WhenAll(
        Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (int i = caller; i < images.Length; i += Callers)
            {
                await batcher.EmbedAsync(images[i], EmbeddingLane.Bulk);
            }
        }));

    private static async Task<(TimeSpan Wall, TimeSpan Cpu)> TimeAsync(Func<Task> action)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        await action();
        return (watch.Elapsed, Environment.CpuUsage.TotalTime - cpu);
    }

    private static void AddRow(
        MarkdownTable table,
        int images,
        string name,
        List<(TimeSpan Wall, TimeSpan Cpu)> times,
        string wall,
        string cpu)
    {
        double each = Statistics.Median(times.Select(time => time.Wall.TotalMilliseconds)) / images;
        double work = Statistics.Median(times.Select(time => time.Cpu.TotalMilliseconds)) / images;
        table.Add(name, Text(each), Text(work), (1000 / each).ToString("F0", CultureInfo.InvariantCulture), wall, cpu);
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static PixelImage Picture(int seed, int width, int height)
    {
        byte[] pixels = new byte[width * height * PixelImage.Channels];
        new Random(seed).NextBytes(pixels);
        return new PixelImage(width, height, pixels);
    }
}
