using System.Collections.Concurrent;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;

namespace OrleansGallery.TorchTests.Batching;

/// <summary>What a device makes of batches: too little memory, and more than one of them at once.</summary>
public sealed class BatcherDeviceTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmbedAsync_TooLittleMemory_HalvesUntilItFits()
    {
        SmallDevice model = new(places: 3);
        List<int> heard = [];
        await using DynamicBatcher batcher = new(
            model, new BatchingOptions { MaxBatchSize = 16, MaxQueueDelay = TimeSpan.FromSeconds(10) },
            memoryShort: exception => heard.Add(exception.Images));
        float[][] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => EmbedAsync(batcher, i)));
        Assert.Equal(Enumerable.Range(0, 16), answers.Select(answer => (int)answer[0]));
        Assert.Equal([16, 8, 4, 2, 2, 2, 2, 2, 2, 2, 2], model.Sizes);
        Assert.Equal([16, 8, 4], heard);
    }

    [Fact]
    public void Run_MemoryStaysShort_TriesWhatWorkedAndSaysItOnce()
    {
        SmallDevice model = new(places: 4);
        List<int> heard = [];
        BatchRunner runner = new(model, 16, exception => heard.Add(exception.Images));
        Run(runner, 16);
        model.Sizes.Clear();
        Run(runner, 16);
        Run(runner, 3);
        Assert.Equal([4, 4, 4, 4, 3], model.Sizes);
        Assert.Equal([16, 8], heard);
    }

    [Fact]
    public void Run_MemoryComesBack_GrowsSlowlyToTheWholeBatch()
    {
        SmallDevice model = new(places: 4);
        List<int> heard = [];
        BatchRunner runner = new(model, 16, exception => heard.Add(exception.Images));
        Run(runner, 16);
        model.Places = 1000;
        for (int i = 0; i < 100; i++)
        {
            Run(runner, 16);
        }

        Assert.Equal(64, model.Sizes.Count(size => size == 4));
        Assert.Equal(1 + 64, model.Sizes.Count(size => size == 8));
        Assert.Equal(16, model.Sizes.Last());
        Assert.Equal([16, 8], heard);
    }

    [Fact]
    public async Task EmbedAsync_NoMemoryForOne_FailsAndSaysWhatToSet()
    {
        SmallDevice model = new(places: 0);
        await using DynamicBatcher batcher = new(
            model, new BatchingOptions { MaxBatchSize = 2, MaxQueueDelay = TimeSpan.FromSeconds(10) });
        Task<float[]>[] tasks = [EmbedAsync(batcher, 1), EmbedAsync(batcher, 2)];
        foreach (Task<float[]> task in tasks)
        {
            EmbeddingMemoryException e = await Assert.ThrowsAsync<EmbeddingMemoryException>(() => task);
            Assert.Contains("Batching:MaxBatchSize", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal([2, 1, 1], model.Sizes);
    }

    [Fact]
    public async Task EmbedAsync_TwoBatchesAtOnce_TheSecondDoesNotWaitForTheFirst()
    {
        using TwoLaneModel model = new();
        await using DynamicBatcher batcher = new(
            model, new BatchingOptions { MaxQueueDelay = TimeSpan.FromSeconds(10) });
        // Each waits inside the model until the other is there too.
        float[][] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => EmbedAsync(batcher, i)));
        Assert.Equal([0, 1, 2, 3], answers.Select(answer => answer[0]));
        Assert.Equal(2, model.Threads.Distinct().Count());
    }

    [Fact]
    public void BatchSizeFor_NothingSet_IsTheDevices()
    {
        using TwoLaneModel model = new();
        BatchingOptions options = new();
        Assert.Equal((2, 256), (options.BatchSizeFor(model), options.CapacityFor(model)));
        SmallDevice large = new(places: 1) { BatchSize = 256 };
        Assert.Equal((256, 1024), (options.BatchSizeFor(large), options.CapacityFor(large)));
        options = new BatchingOptions { MaxBatchSize = 7, QueueCapacity = 9 };
        Assert.Equal((7, 9), (options.BatchSizeFor(large), options.CapacityFor(large)));
    }

    private static void Run(BatchRunner runner, int count)
    {
        PendingImage[] batch = [.. Enumerable.Range(0, count).Select(i => new PendingImage(TestImages.Number(i), 0))];
        runner.Run(batch);
        Assert.All(batch, item => Assert.True(item.Answer.IsCompletedSuccessfully));
    }

    private static Task<float[]> EmbedAsync(DynamicBatcher batcher, int number) =>
        batcher.EmbedAsync(TestImages.Number(number), EmbeddingLane.Bulk, Token);

    private static float[][] Answers(IReadOnlyList<PixelImage> images) =>
        [.. images.Select(image => new[] { (float)TestImages.NumberOf(image) })];

    private sealed class SmallDevice(int places) : IBatchModel
    {
        public int BatchSize { get; init; } = 16;

        public int Places { get; set; } = places;

        public ConcurrentQueue<int> Sizes { get; } = new();

        public float[][] Embed(IReadOnlyList<PixelImage> images)
        {
            Sizes.Enqueue(images.Count);
            return images.Count <= Places
                ? Answers(images)
                : throw new EmbeddingMemoryException(images.Count, "cuda:0", new InvalidOperationException());
        }
    }

    private sealed class TwoLaneModel : IBatchModel, IDisposable
    {
        private readonly Barrier _both = new(2);

        public ConcurrentQueue<int> Threads { get; } = new();

        public int BatchSize => 2;

        public int BatchesAtOnce => 2;

        public float[][] Embed(IReadOnlyList<PixelImage> images)
        {
            Threads.Enqueue(Environment.CurrentManagedThreadId);
            return _both.SignalAndWait(TimeSpan.FromSeconds(30))
                ? Answers(images)
                : throw new TimeoutException("The other batch never came.");
        }

        public void Dispose() => _both.Dispose();
    }
}
