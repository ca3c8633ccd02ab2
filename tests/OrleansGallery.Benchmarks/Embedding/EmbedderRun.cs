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
    private const string Former = "former path, float32";
    private const string FormerJpeg = "former path, jpeg";

    // So many batches are measured at once, that a lone image's pauses do not count.
    private const int LeastImages = 8;

    // One for all, as the service has it.
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    /// <summary>Measures.</summary>
    /// <param name="precisions">The precisions; those that the device lacks are left out.</param>
    public async Task<IReadOnlyList<EmbedderFigure>> MeasureAsync(IEnumerable<ModelPrecision> precisions)
    {
        ModelDescription about = EmbeddingModel.Describe(Path);
        byte[][] files = Files(Math.Max(LeastImages, Batch * 2));
        PixelImage[] images = [.. files.Select(file => Decode(file, about))];
        using FormerForward former = new(Path, Device);
        Contestant baseline = new(
            Name(about, ModelPrecision.Float32, Former), () => Loop(images, former.Embed), null);
        Contestant ofFiles = new(
            Name(about, ModelPrecision.Float32, FormerJpeg),
            () => Loop(files, batch => former.Embed(DecodeAll(batch, about))), null);
        List<Contestant> contest = [baseline, ofFiles];
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
                contest.Add(new(Name(about, precision, "forward"), () => Loop(images, model.Embed), baseline));
                contest.Add(new(Name(about, precision, "batcher"), () => ThroughAsync(batcher, images), baseline));
                contest.Add(new(Name(about, precision, "jpeg"), () => FromFilesAsync(batcher, files, about), ofFiles));
            }

            await RunAsync(contest);
        }
        finally
        {
            foreach (DynamicBatcher batcher in batchers)
            {
                await batcher.DisposeAsync();
            }

            models.ForEach(model => model.Dispose());
        }

        return [.. contest.Select(entry => entry.Figure with
        {
            Baseline = (entry.Baseline ?? entry).Figure.What,
            ImagesPerSecond = Statistics.Median(entry.Seconds.Select(seconds => images.Length / seconds)),
            Ratio = Statistics.Median(
                (entry.Baseline ?? entry).Seconds.Zip(entry.Seconds, (former, now) => former / now)),
        })];
    }

    // Another one begins each round: whoever is always behind the same one has its caches, or its heat.
    private async Task RunAsync(List<Contestant> contest)
    {
        foreach (Contestant entry in contest)
        {
            await entry.WarmAsync();
        }

        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < contest.Count; i++)
            {
                await contest[(i + round) % contest.Count].MeasureAsync();
            }
        }
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
        Baseline = Former,
    };

    // On a thread of the pool, as the batcher's is one of its own.
    private Task Loop<T>(T[] images, Func<T[], float[][]> embed) => Task.Run(() =>
    {
        foreach (T[] batch in images.Chunk(Batch))
        {
            embed(batch);
        }
    });

    private static Task<float[][]> ThroughAsync(DynamicBatcher batcher, PixelImage[] images) =>
        Task.WhenAll(images.Select(image => batcher.EmbedAsync(image, EmbeddingLane.Bulk)));

    private PixelImage[] DecodeAll(byte[][] files, ModelDescription about)
    {
        PixelImage[] images = new PixelImage[files.Length];
        Parallel.For(0, files.Length, i => images[i] = Decode(files[i], about));
        return images;
    }

    private async Task FromFilesAsync(DynamicBatcher batcher, byte[][] files, ModelDescription about) =>
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = files.Length },
            async (file, token) => await batcher.EmbedAsync(Decode(file, about), EmbeddingLane.Bulk, token));

    private static byte[][] Files(int count)
    {
        Catalogue catalogue = new(new CatalogueOptions { Seed = 5, Products = count, ViewsPerProduct = 1 });
        return [.. Enumerable.Range(0, count).Select(product => catalogue.RenderJpeg(product, 0))];
    }

    private PixelImage Decode(byte[] file, ModelDescription about) => Resizer.Resize(
        _decoder.Decode(file), about.InputHeight, about.InputWidth, about.Filter);
}
