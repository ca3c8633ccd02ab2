using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;

namespace OrleansGallery.TorchTests.Batching;

public sealed class DynamicBatcherTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly FakeModel _model = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task EmbedAsync_FullBatch_RunsWithoutDelay()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 4, delay: TimeSpan.FromSeconds(5));
        float[][] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Bulk(batcher, i)));
        Assert.Equal([0, 1, 2, 3], answers.Select(a => a[0]));
        Assert.Equal([0, 1, 2, 3], Assert.Single(_model.Batches));
    }

    [Fact]
    public async Task EmbedAsync_PartOfABatch_WaitsForTheDelayOfItsOldest()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 4, delay: TimeSpan.FromMilliseconds(10));
        Task<float[]> first = Bulk(batcher, 1);
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Task<float[]> second = Bulk(batcher, 2);
        Assert.Equal(2, batcher.QueueLength);
        Assert.Empty(_model.Batches);
        await AdvanceUntil(Task.WhenAll(first, second), TimeSpan.FromMilliseconds(1));
        Assert.Equal([1, 2], Assert.Single(_model.Batches));
        Assert.Equal(0, batcher.QueueLength);
    }

    [Fact]
    public async Task EmbedAsync_NoDelay_RunsWhatIsThere()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 4, delay: TimeSpan.Zero);
        Assert.Equal(7, (await Interactive(batcher, 7))[0]);
        Assert.Equal([7], Assert.Single(_model.Batches));
    }

    [Fact]
    public async Task EmbedAsync_BothLanes_InteractiveGoesFirstButBulkKeepsAnEighth()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 8, delay: TimeSpan.Zero);
        Task<float[]> blocker = await HoldWith(batcher, 99);
        Task[] bulk = [.. Enumerable.Range(0, 8).Select(i => Bulk(batcher, i))];
        Task[] interactive = [.. Enumerable.Range(100, 20).Select(i => Interactive(batcher, i))];
        Assert.Equal(28, batcher.QueueLength);
        _model.Hold.Set();
        await Task.WhenAll([blocker, .. bulk, .. interactive]);

        int[][] batches = [.. _model.Batches.Skip(1)];
        Assert.Equal([7, 7, 6, 0], batches.Select(batch => batch.Count(i => i >= 100)));
        Assert.Equal([1, 1, 2, 4], batches.Select(batch => batch.Count(i => i < 100)));
        Assert.Equal(Enumerable.Range(0, 8), batches.SelectMany(batch => batch).Where(i => i < 100));
        Assert.Equal(Enumerable.Range(100, 20), batches.SelectMany(batch => batch).Where(i => i >= 100));
    }

    [Fact]
    public async Task EmbedAsync_BatchesOfOne_BulkIsNotStarved()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 1, delay: TimeSpan.Zero);
        Task<float[]> blocker = await HoldWith(batcher, 99);
        Task bulk = Bulk(batcher, 1);
        Task[] interactive = [.. Enumerable.Range(100, 20).Select(i => Interactive(batcher, i))];
        _model.Hold.Set();
        await Task.WhenAll([blocker, bulk, .. interactive]);
        int[] order = [.. _model.Batches.Select(batch => batch.Single())];
        Assert.Equal(8, Array.IndexOf(order, 1));
    }

    [Fact]
    public async Task EmbedAsync_CancelledWhileWaiting_IsNeverRun()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 4, delay: TimeSpan.Zero);
        Task<float[]> blocker = await HoldWith(batcher, 99);
        using CancellationTokenSource source = new();
        Task<float[]> kept = Bulk(batcher, 1);
        Task<float[]> cancelled = batcher.EmbedAsync(TestImages.Number(2), EmbeddingLane.Bulk, source.Token);
        Assert.Equal(2, batcher.QueueLength);
        await source.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(source.Token, e.CancellationToken);
        Assert.Equal(1, batcher.QueueLength);
        _model.Hold.Set();
        await Task.WhenAll(blocker, kept);
        Assert.DoesNotContain(2, _model.Batches.SelectMany(batch => batch));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => batcher.EmbedAsync(TestImages.Number(3), EmbeddingLane.Interactive, source.Token));
    }

    [Fact]
    public async Task EmbedAsync_CancelledInTheModel_IsAnswered()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 4, delay: TimeSpan.Zero);
        using CancellationTokenSource source = new();
        _model.Hold.Reset();
        Task<float[]> task = batcher.EmbedAsync(TestImages.Number(5), EmbeddingLane.Bulk, source.Token);
        await _model.Begun.WaitAsync(Token);
        await source.CancelAsync();
        _model.Hold.Set();
        Assert.Equal(5, (await task)[0]);
    }

    [Fact]
    public async Task EmbedAsync_BadItems_FailAlone()
    {
        using FakeModel model = new() { IsBad = i => i is 3 or 5 };
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 8, delay: TimeSpan.FromSeconds(5), model: model);
        Task<float[]>[] tasks = [.. Enumerable.Range(0, 8).Select(i => Bulk(batcher, i))];
        for (int i = 0; i < tasks.Length; i++)
        {
            if (i is 3 or 5)
            {
                FormatException e = await Assert.ThrowsAsync<FormatException>(() => tasks[i]);
                Assert.Equal($"bad: {i}", e.Message);
            }
            else
            {
                Assert.Equal(i, (await tasks[i])[0]);
            }
        }

        Assert.Equal(1 + 8, model.Batches.Count);
    }

    [Fact]
    public async Task EmbedAsync_ModelAnswersTooFew_FailsInsteadOfHanging()
    {
        using ShortModel model = new();
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 1, delay: TimeSpan.Zero, model: model);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Bulk(batcher, 1));
    }

    [Fact]
    public async Task EmbedAsync_FullQueue_RefusesInteractiveAndHoldsBulkBack()
    {
        await using DynamicBatcher batcher = NewBatcher(maxBatchSize: 2, delay: TimeSpan.Zero, capacity: 3);
        Task<float[]> blocker = await HoldWith(batcher, 99);
        Task<float[]>[] bulk = [.. Enumerable.Range(0, 5).Select(i => Bulk(batcher, i))];
        Assert.Equal(3, batcher.QueueLength);
        // Bulk does not take interactive's places.
        Task<float[]>[] interactive = [.. Enumerable.Range(100, 3).Select(i => Interactive(batcher, i))];
        EmbeddingQueueFullException e = await Assert.ThrowsAsync<EmbeddingQueueFullException>(
            () => Interactive(batcher, 200));
        Assert.Equal(3, e.Capacity);
        Assert.Contains("Batching:QueueCapacity", e.Message, StringComparison.Ordinal);

        using CancellationTokenSource source = new();
        Task<float[]> givenUp = batcher.EmbedAsync(TestImages.Number(300), EmbeddingLane.Bulk, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        _model.Hold.Set();
        await Task.WhenAll([blocker, .. bulk, .. interactive]);
        Assert.Equal(
            [0, 1, 2, 3, 4, 99, 100, 101, 102], _model.Batches.SelectMany(batch => batch).Order());
    }

    [Fact]
    public async Task DisposeAsync_WithWaiting_DrainsAndRefusesNew()
    {
        DynamicBatcher batcher = NewBatcher(maxBatchSize: 2, delay: TimeSpan.FromSeconds(5), capacity: 3);
        Task<float[]> blocker = await HoldWith(batcher, 98, 99);
        Task<float[]>[] bulk = [.. Enumerable.Range(0, 5).Select(i => Bulk(batcher, i))];
        Task disposed = batcher.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Interactive(batcher, 200));
        _model.Hold.Set();
        await disposed;
        await blocker;
        Assert.Equal([0, 1, 2], (await Task.WhenAll(bulk.Take(3))).Select(a => a[0]));
        foreach (Task<float[]> late in bulk.Skip(3))
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => late);
        }

        await batcher.DisposeAsync();
    }

    [Fact]
    public async Task EmbedAsync_ManyCallers_EachGetsItsOwn()
    {
        await using DynamicBatcher batcher = new(
            _model, new BatchingOptions { MaxBatchSize = 16, QueueCapacity = 64, MaxQueueDelay = TimeSpan.Zero });
        ParallelOptions callers = new() { MaxDegreeOfParallelism = 64, CancellationToken = Token };
        await Parallel.ForAsync(0, 2000, callers, async (i, token) =>
        {
            EmbeddingLane lane = i % 7 == 0 ? EmbeddingLane.Interactive : EmbeddingLane.Bulk;
            Assert.Equal(i, (await batcher.EmbedAsync(TestImages.Number(i), lane, token))[0]);
        });
        Assert.Equal(Enumerable.Range(0, 2000), _model.Batches.SelectMany(batch => batch).Order());
        Assert.All(_model.Batches, batch => Assert.InRange(batch.Length, 1, 16));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, -1)]
    [InlineData(1, 1, 11_000)]
    public void Constructor_OptionOutOfRange_IsRefused(int size, int capacity, int delay)
    {
        BatchingOptions options = new()
        {
            MaxBatchSize = size, QueueCapacity = capacity, MaxQueueDelay = TimeSpan.FromMilliseconds(delay),
        };
        Assert.Throws<ValidationException>(() => new DynamicBatcher(_model, options));
    }

    private static Task<float[]> Bulk(DynamicBatcher batcher, int number) =>
        batcher.EmbedAsync(TestImages.Number(number), EmbeddingLane.Bulk, Token);

    private static Task<float[]> Interactive(DynamicBatcher batcher, int number) =>
        batcher.EmbedAsync(TestImages.Number(number), EmbeddingLane.Interactive, Token);

    private DynamicBatcher NewBatcher(int maxBatchSize, TimeSpan delay, int capacity = 64, IBatchModel? model = null) =>
        new(
            model ?? _model,
            new BatchingOptions { MaxBatchSize = maxBatchSize, MaxQueueDelay = delay, QueueCapacity = capacity },
            _time);

    // Fills a batch that the model does not finish, so that what comes next waits.
    private async Task<Task<float[]>> HoldWith(DynamicBatcher batcher, params int[] numbers)
    {
        _model.Hold.Reset();
        Task<float[]>[] blockers = [.. numbers.Select(number => Bulk(batcher, number))];
        await _model.Begun.WaitAsync(Token);
        return blockers[0];
    }

    // The batcher's thread sets its timer some time after the image came, so the clock moves until it has.
    private async Task AdvanceUntil(Task task, TimeSpan step)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(step);
            await Task.Yield();
        }

        await task;
    }

    private sealed class ShortModel : IBatchModel, IDisposable
    {
        public float[][] Embed(IReadOnlyList<PixelImage> images) => [];

        public void Dispose()
        {
        }
    }
}
