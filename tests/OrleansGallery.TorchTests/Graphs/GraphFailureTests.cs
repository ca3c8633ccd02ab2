using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;
using OrleansGallery.Inference.Graphs;
using OrleansGallery.Onnx;

namespace OrleansGallery.TorchTests.Graphs;

/// <summary>What a graph does not manage when it runs is nobody's fault but the model's and the device's.</summary>
public sealed class GraphFailureTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 1073741824")]
    [InlineData("CUDA failure 2: out of memory ; GPU=0")]
    [InlineData("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED")]
    [InlineData("Non-zero status code: std::bad_alloc")]
    public void Embed_RuntimeLacksMemory_SaysSoThatTheBatchMayBeHalved(string said)
    {
        using GraphModel model = NewModel(new FakeRunner(_ => throw new OnnxException(said)));
        EmbeddingMemoryException e = Assert.Throws<EmbeddingMemoryException>(() => model.Embed([Image(1), Image(2)]));
        Assert.Equal(2, e.Images);
    }

    [Fact]
    public void Embed_RuntimeFails_IsAFailureOfTheModelOnItsDevice()
    {
        using GraphModel model = NewModel(new FakeRunner(_ => throw new OnnxException("CUDA error cudaErrorLaunch")));
        ModelFailureException e = Assert.Throws<ModelFailureException>(() => model.Embed([Image(1)]));
        Assert.True(e.IsOfDevice);
        Assert.Contains("cudaErrorLaunch", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_OtherLength_IsAFailureOfTheModel()
    {
        using GraphModel model = NewModel(new FakeRunner(_ => 1), dimension: 2);
        ModelFailureException e = Assert.Throws<ModelFailureException>(() => model.Embed([Image(1)]));
        Assert.False(e.IsOfDevice);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Embed_NoNumberForOneImage_FailsItAloneAndNotAsTheCallersFault(float made)
    {
        using GraphModel model = NewModel(new FakeRunner(pixel => pixel == 7 ? made : pixel));
        await using DynamicBatcher batcher = new(
            model, new BatchingOptions { MaxBatchSize = 3, MaxQueueDelay = TimeSpan.FromSeconds(10) });
        Task<float[]>[] tasks =
            [.. ((byte[])[1, 7, 2]).Select(pixel => batcher.EmbedAsync(Image(pixel), EmbeddingLane.Bulk, Token))];
        Assert.Equal((1, 2), ((await tasks[0])[0], (await tasks[2])[0]));
        ModelFailureException e = await Assert.ThrowsAsync<ModelFailureException>(() => tasks[1]);
        Assert.Contains("in float32", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsOfDevice);
    }

    [Theory]
    [InlineData("cpu", 0, 16)]
    [InlineData("cuda:0", 0, 64)]
    [InlineData("cuda:0", 1, 1)]
    [InlineData("cuda:0", 8, 8)]
    public void BatchSize_OfAGraph_IsWhatItTakesAtOnce(string device, int batch, int expected)
    {
        using GraphModel model = NewModel(new FakeRunner(_ => 1), device, batch);
        Assert.Equal(expected, model.BatchSize);
        Assert.Equal(expected, new BatchingOptions().BatchSizeFor(model));
    }

    private static PixelImage Image(byte value) => new(1, 1, new[] { value, value, value });

    private static GraphModel NewModel(IGraphRunner runner, string device = "cpu", int batch = 0, int dimension = 1) =>
        new(
            new ModelDescription
            {
                Id = "test", Architecture = GraphKinds.Onnx, Dimension = dimension, InputHeight = 1, InputWidth = 1,
                Mean = [0, 0, 0], Std = [1 / 255f, 1 / 255f, 1 / 255f], Sha256 = string.Empty,
                Graph = new GraphUse { Batch = batch },
            },
            runner, device);

    private sealed class FakeRunner(Func<float, float> embed) : IGraphRunner
    {
        public OnnxResult Run(Memory<float> batch, long[] shape) => new(
            [.. Enumerable.Range(0, (int)shape[0]).Select(i => embed(MathF.Round(batch.Span[3 * i])))], [shape[0], 1]);

        public void Dispose()
        {
        }
    }
}
