using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;
using OrleansGallery.Inference.Models;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Graphs;

/// <summary>Graphs that people bring become models that embed as the graph says, alone and in batches.</summary>
public sealed class GraphImportTests : IDisposable
{
    private const float Tolerance = 1e-5f;

    private static readonly GraphOptions Plain = new() { Preset = "none" };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => ["any", "single", "fixed", "last", "map", "bgr", "script"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Embed_AnyCount_IsTheMeanOfEveryChannel(string kind)
    {
        ImportedModel imported = Import(kind);
        using EmbeddingModel model = new ModelStore(_folder.Root).Load(imported.Description.Id);
        Assert.Equal((3, TestGraphs.Side), (model.Description.Dimension, model.Description.InputHeight));
        Assert.Equal(
            kind switch { "single" => 1, "fixed" => 8, _ => 0 }, model.Description.Graph!.Batch);
        foreach (int count in (int[])[0, 1, 3, 8, 9, 70])
        {
            PixelImage[] images = [.. Enumerable.Range(0, count).Select(i =>
                TestImages.Noise(i, TestGraphs.Side, TestGraphs.Side))];
            float[][] embeddings = model.Embed(images);
            for (int i = 0; i < count; i++)
            {
                AssertMean(images[i], embeddings[i], kind == "bgr");
            }
        }
    }

    [Fact]
    public async Task Embed_ThroughTheBatcher_IsTheSame()
    {
        using EmbeddingModel model = new ModelStore(_folder.Root).Load(Import("fixed").Description.Id);
        await using DynamicBatcher batcher = new(model, new BatchingOptions { MaxBatchSize = 5 });
        PixelImage[] images = [.. Enumerable.Range(0, 23).Select(i =>
            TestImages.Noise(i, TestGraphs.Side, TestGraphs.Side))];
        float[][] embeddings = await Task.WhenAll(images.Select(image =>
            batcher.EmbedAsync(image, EmbeddingLane.Bulk, TestContext.Current.CancellationToken)));
        for (int i = 0; i < images.Length; i++)
        {
            AssertMean(images[i], embeddings[i], swapped: false);
        }
    }

    [Theory]
    [InlineData(GraphTokens.First)]
    [InlineData(GraphTokens.Mean)]
    public void Embed_Tokens_AreTakenAsAsked(GraphTokens tokens)
    {
        ImportedModel imported = Import(
            TestGraphs.Tokens().ToArray(),
            new ImportOptions { Graph = Plain with { Tokens = tokens }, PixelScale = 255 });
        Assert.Equal(TestGraphs.Side * TestGraphs.Side, imported.Description.Dimension);
        PixelImage image = TestImages.Noise(5, TestGraphs.Side, TestGraphs.Side);
        using EmbeddingModel model = new ModelStore(_folder.Root).Load(imported.Description.Id);

        float[] embedding = model.Embed([image])[0];

        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        for (int i = 0; i < embedding.Length; i++)
        {
            (byte red, byte green, byte blue) = (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]);
            float expected = tokens == GraphTokens.First ? red : (red + green + blue) / 3f;
            Assert.InRange(embedding[i] - expected, -1e-3f, 1e-3f);
        }
    }

    [Fact]
    public void Import_APreset_SetsPixelsFitAndLength()
    {
        byte[] graph = new OnnxFile()
            .Input("pixel_values", OnnxFile.F32, "batch", "channels", "height", "width")
            .Output("image_embeds", OnnxFile.F32, "batch", 3)
            .Output("other", OnnxFile.F32, "batch", 3)
            .Node("ReduceMean", "pixel_values", "image_embeds", OnnxFile.Attribute("axes", 2, 3),
                TestGraphs.Flag("keepdims", 0))
            .Node("Identity", "image_embeds", "other").ToArray();

        ImportedModel imported = Import(graph, new ImportOptions());

        ModelDescription model = imported.Description;
        Assert.Equal(
            (224, 224, ResizeFilter.Bicubic, new Fit(FitKind.Crop, 224), "image_embeds", true),
            (model.InputHeight, model.InputWidth, model.Filter, model.Fit, model.Graph!.Output, model.Graph.Normalize));
        Assert.Equal(0.48145466f, model.Mean[0]);
        Assert.Contains(imported.Findings, finding => finding is { What: "preset", Value: "clip" });
        Assert.Contains(imported.Findings, finding => finding.What == "test picture");
        using EmbeddingModel loaded = new ModelStore(_folder.Root).Load(model.Id);
        Assert.InRange(loaded.Embed([TestImages.Noise(1, 224, 224)])[0].Sum(v => v * v), 0.9999f, 1.0001f);
    }

    [Theory]
    [InlineData(new[] { 104f, 117f, 124f }, new[] { 1f, 1f, 1f }, null, 104f / 255, 1f / 255)]
    [InlineData(new[] { 0.5f, 0.5f, 0.5f }, new[] { 0.5f, 0.5f, 0.5f }, null, 0.5f, 0.5f)]
    [InlineData(null, null, 255, 0f, 1f / 255)]
    [InlineData(null, null, 1, 0f, 1f)]
    [InlineData(null, new[] { 0.5f, 0.5f, 0.5f }, 255, 0f, 0.5f / 255)]
    public void Import_MeanAndStd_AreOnTheScaleOfTheirSize(
        float[]? mean, float[]? std, int? scale, float expectedMean, float expectedStd)
    {
        ModelDescription model = Import(
            TestGraphs.Mean("batch").ToArray(),
            new ImportOptions { Mean = mean, Std = std, PixelScale = scale, Graph = Plain }).Description;
        Assert.Equal((expectedMean, expectedStd), (model.Mean[0], model.Std[0]));
    }

    [Fact]
    public void Import_AGraphThatFailsOnSeveral_TakesSingleImages()
    {
        // Says any number and reshapes to one, as exporters that traced one image do.
        byte[] graph = new OnnxFile()
            .Input("image", OnnxFile.F32, "batch", 3, TestGraphs.Side, TestGraphs.Side)
            .Output("flat", OnnxFile.F32, "batch", 192)
            .Integers("shape", 1, 192)
            .Node("Reshape", "image,shape", "flat").ToArray();
        ImportedModel imported = Import(graph, new ImportOptions { Graph = Plain });
        Assert.Equal(1, imported.Description.Graph!.Batch);
        Assert.Contains(imported.Findings, finding => finding.Source == "three at once failed");
    }

    [Fact]
    public void Import_AGraphsModelAgain_KeepsTheGraphAndChangesTheFit()
    {
        ImportedModel first = Import("any");
        ModelDescription again = new ModelStore(_folder.File("again")).Import(
            first.Path, new ImportOptions { Fit = FitKind.Pad, Name = "padded" }).Description;
        Assert.StartsWith("padded-", again.Id, StringComparison.Ordinal);
        Assert.Equal((FitKind.Pad, first.Description.Graph), (again.Fit.Kind, again.Graph));
        Assert.Equal(again.Id, new ModelStore(_folder.File("again")).List()[1].Id);

        CheckpointException e = Assert.Throws<CheckpointException>(
            () => new ModelStore(_folder.File("again")).Import(first.Path, new ImportOptions { Half = true }));
        Assert.Contains("leave out --input and --half", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertMean(PixelImage image, float[] embedding, bool swapped)
    {
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        for (int channel = 0; channel < 3; channel++)
        {
            double sum = 0;
            for (int i = channel; i < pixels.Length; i += 3)
            {
                sum += pixels[i] / 255.0;
            }

            double expected = ((sum / (pixels.Length / 3)) - 0.5) / 0.25;
            Assert.InRange(embedding[swapped ? 2 - channel : channel] - expected, -Tolerance, Tolerance);
        }
    }

    private ImportedModel Import(string kind)
    {
        ImportOptions options = new()
        {
            Mean = [0.5f, 0.5f, 0.5f], Std = [0.25f, 0.25f, 0.25f],
            Graph = Plain with
            {
                FixedBatch = kind == "fixed", Trust = kind == "script",
                Channels = kind == "bgr" ? GraphChannels.Bgr : null,
            },
        };
        if (kind == "script")
        {
            string path = _folder.File("mean.pt");
            TestGraphs.Script(path);
            return new ModelStore(_folder.Root).Import(
                path, options with { InputHeight = TestGraphs.Side, InputWidth = TestGraphs.Side });
        }

        OnnxFile file = kind switch
        {
            "single" => TestGraphs.Mean(1),
            "fixed" => TestGraphs.Mean(8),
            "last" => TestGraphs.LastMean(),
            "map" => TestGraphs.Map(),
            _ => TestGraphs.Mean("batch"),
        };
        return Import(file.ToArray(), options);
    }

    private ImportedModel Import(byte[] graph, ImportOptions options)
    {
        File.WriteAllBytes(_folder.File("graph.onnx"), graph);
        return new ModelStore(_folder.Root).Import(_folder.File("graph.onnx"), options);
    }
}
