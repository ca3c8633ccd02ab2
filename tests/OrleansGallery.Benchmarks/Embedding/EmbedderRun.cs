using System.Diagnostics;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;

namespace OrleansGallery.Benchmarks.Embedding;

/// <summary>One model on one device: every precision and path in turn with the baseline, round by round.</summary>
/// <param name="Path">The model's file.</param>
/// <param name="Device">The device.</param>
/// <param name="Batch">Images of one forward pass at most.</param>
/// <param name="Rounds">How often each is measured.</param>
internal sealed record EmbedderRun(string Path, string Device, int Batch, int Rounds)
{
    private const string Baseline = "former path, float32";

    // So many batches are measured at once, that a lone image's pauses do not count.
    private const int LeastImages = 8;

    /// <summary>Measures.</summary>
    /// <param name="precisions">The precisions; those that the device lacks are left out.</param>
    public async Task<IReadOnlyList<EmbedderFigure>> MeasureAsync(IEnumerable<ModelPrecision> precisions)
    {
        ModelDescription about = EmbeddingModel.Describe(Path);
        byte[][] files = Files(Math.Max(LeastImages, Batch * 2));
        PixelImage[] images = [.. files.Select(file => Decode(file, about))];
        using FormerForward former = new(Path, Device);
        List<(EmbedderFigure Name, Func<Task> Work, List<double> Seconds)> contest =
        [
            (Name(about, ModelPrecision.Float32, Baseline), () => Loop(images, former.Embed), []),
        ];
        List<EmbeddingModel> models = [];
        List<DynamicBatcher> batchers = [];
        try
        {
            foreach (ModelPrecision precision in precisions)
            {
                if (Load(precision) is not { } model)
                {
                    continue;
                }

                DynamicBatcher batcher = new(model, new BatchingOptions { MaxBatchSize = Batch });
                models.Add(model);
                batchers.Add(batcher);
                contest.Add((Name(about, precision, "forward"), () => Loop(images, model.Embed), []));
                contest.Add((Name(about, precision, "batcher"), () => ThroughAsync(batcher, images), []));
                contest.Add((Name(about, precision, "jpeg"), () => FromFilesAsync(batcher, files, about), []));
            }

            for (int round = -1; round < Rounds; round++)
            {
                foreach ((_, Func<Task> work, List<double> seconds) in contest)
                {
                    long started = Stopwatch.GetTimestamp();
                    await work();
                    if (round >= 0)
                    {
                        seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                    }
                }
            }
        }
        finally
        {
            foreach (DynamicBatcher batcher in batchers)
            {
                await batcher.DisposeAsync();
            }

            models.ForEach(model => model.Dispose());
        }

        return [.. contest.Select(entry => entry.Name with
        {
            ImagesPerSecond = Statistics.Median(entry.Seconds.Select(seconds => images.Length / seconds)),
            Ratio = Statistics.Median(contest[0].Seconds.Zip(entry.Seconds, (former, now) => former / now)),
        })];
    }

    private EmbeddingModel? Load(ModelPrecision precision)
    {
        try
        {
            return EmbeddingModel.Load(Path, Device, precision: precision);
        }
        catch (TorchRuntimeException)
        {
            return null;
        }
    }

    private EmbedderFigure Name(ModelDescription about, ModelPrecision precision, string what) => new()
    {
        Model = about.Architecture,
        Device = Device,
        Precision = PrecisionName.Of(precision),
        Batch = Batch,
        What = what,
        ImagesPerSecond = 0,
        Ratio = 0,
        Baseline = Baseline,
    };

    // On a thread of the pool, as the batcher's is one of its own.
    private Task Loop(PixelImage[] images, Func<IReadOnlyList<PixelImage>, float[][]> embed) => Task.Run(() =>
    {
        foreach (PixelImage[] batch in images.Chunk(Batch))
        {
            embed(batch);
        }
    });

    private static Task<float[][]> ThroughAsync(DynamicBatcher batcher, PixelImage[] images) =>
        Task.WhenAll(images.Select(image => batcher.EmbedAsync(image, EmbeddingLane.Bulk)));

    private static async Task FromFilesAsync(DynamicBatcher batcher, byte[][] files, ModelDescription about) =>
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = files.Length },
            async (file, token) => await batcher.EmbedAsync(Decode(file, about), EmbeddingLane.Bulk, token));

    private static byte[][] Files(int count)
    {
        Catalogue catalogue = new(new CatalogueOptions { Seed = 5, Products = count, ViewsPerProduct = 1 });
        return [.. Enumerable.Range(0, count).Select(product => catalogue.RenderJpeg(product, 0))];
    }

    private static PixelImage Decode(byte[] file, ModelDescription about) => Resizer.Resize(
        ImageDecoders.Create(new ImagingOptions()).Decode(file), about.InputHeight, about.InputWidth, about.Filter);
}
