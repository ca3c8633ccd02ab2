using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Embedding;

/// <summary>A device that fails is left out, and a model none of whose devices works is loaded anew.</summary>
public sealed class RunningModelTests : IDisposable
{
    private static readonly BatchingOptions AtOnce = new() { MaxQueueDelay = TimeSpan.Zero };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDevice _one = new();
    private readonly FakeDevice _other = new();
    private int _loads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task EmbedAsync_ADeadDevice_IsLeftOutAndTriedAgainLater()
    {
        _one.Failure = new NativeFailure();
        await using RunningModel model = NewModel(_one, _other);
        int failures = await FailuresOf(model, 40);
        Assert.Equal(ModelLane.FailuresInARow, failures);
        Assert.False(model.IsSpent);

        _time.Advance(ModelLane.Pause);
        Assert.Equal(1, await FailuresOf(model, 40));

        _one.Failure = null;
        int before = _one.Images;
        _time.Advance(ModelLane.Pause);
        Assert.Equal(0, await FailuresOf(model, 40));
        Assert.True(_one.Images > before + 1);
    }

    [Fact]
    public async Task EmbedAsync_TooLittleMemory_LeavesNoDeviceOut()
    {
        _one.Failure = new EmbeddingMemoryException(1, "cuda:0", new InvalidOperationException());
        await using RunningModel model = NewModel(_one);
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<EmbeddingMemoryException>(() => EmbedAsync(model));
        }

        _time.Advance(ModelLane.Pause);
        await Assert.ThrowsAsync<EmbeddingMemoryException>(() => EmbedAsync(model));
        Assert.False(model.IsSpent);
    }

    [Fact]
    public async Task EmbedAsync_OneDeviceIsBusyAndNoImageWaits_TheOtherGetsThem()
    {
        using ManualResetEventSlim hold = new();
        await using RunningModel model = NewModel(_one, _other);
        _one.Hold = hold;
        Task<float[]>[] tasks = [EmbedAsync(model), EmbedAsync(model)];
        try
        {
            await Task.WhenAny(tasks);
            for (int i = 0; i < 10; i++)
            {
                await EmbedAsync(model).WaitAsync(TimeSpan.FromSeconds(30), Token);
            }
        }
        finally
        {
            hold.Set();
        }

        await Task.WhenAll(tasks);
        Assert.Equal((1, 11), (_one.Images, _other.Images));
    }

    [Fact]
    public async Task EmbedAsync_OfAHostAllOfWhoseDevicesFail_LoadsTheModelAnew()
    {
        await using ModelHost host = NewHost(() => NewModel(_one));
        await EmbedAsync(host);
        _one.Failure = new ModelFailureException("it failed") { IsOfDevice = true };
        _time.Advance(ModelLane.Pause);
        for (int i = 0; i < ModelLane.FailuresInARow; i++)
        {
            EmbeddingFailedException e = await Assert.ThrowsAsync<EmbeddingFailedException>(() => EmbedAsync(host));
            Assert.Contains("it failed", e.Message, StringComparison.Ordinal);
        }

        await _one.Freed.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        _one.Failure = null;
        await EmbedAsync(host);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task EmbedAsync_OfAHostWhoseModelDoesNotLoad_TriesAgainAfterAWhileOrWhenTheFileChanges()
    {
        await using ModelHost host = NewHost(() => throw new TorchRuntimeException("no such device"));
        EmbeddingFailedException first = await Assert.ThrowsAsync<EmbeddingFailedException>(() => EmbedAsync(host));
        _time.Advance(RunningModels.Memory / 2);
        EmbeddingFailedException second = await Assert.ThrowsAsync<EmbeddingFailedException>(() => EmbedAsync(host));
        Assert.Equal((RunningModels.Memory, RunningModels.Memory / 2), (first.Pause, second.Pause));
        Assert.Equal(first.Message, second.Message);
        Assert.Equal(RunningModels.Memory / 2, ErrorMapping.Of(second).RetryAfter);
        Assert.Equal(1, _loads);

        _time.Advance(RunningModels.Memory / 2);
        await Assert.ThrowsAsync<EmbeddingFailedException>(() => EmbedAsync(host));
        Assert.Equal(2, _loads);
        File.SetLastWriteTimeUtc(Directory.GetFiles(_folder.Root)[0], DateTime.UnixEpoch);
        await Assert.ThrowsAsync<EmbeddingFailedException>(() => EmbedAsync(host));
        Assert.Equal(3, _loads);
    }

    private static Task<float[]> EmbedAsync(RunningModel model) =>
        model.EmbedAsync(new PixelImage(1, 1, new byte[3]), EmbeddingLane.Interactive, Token);

    private static Task<VectorBytes> EmbedAsync(ModelHost host) => host.EmbedAsync(
        DefaultModel.Id, new PixelBlock { Width = 1, Height = 1, Rgb = new byte[3] }, EmbeddingPriority.Bulk, Token);

    private static async Task<int> FailuresOf(RunningModel model, int images)
    {
        int failures = 0;
        for (int i = 0; i < images; i++)
        {
            try
            {
                await EmbedAsync(model);
            }
            catch (ExternalException)
            {
                failures++;
            }
        }

        return failures;
    }

    private RunningModel NewModel(params FakeDevice[] devices) => new(
        [.. devices.Select(device => new ModelLane(device, AtOnce, _time))], "fake", "float32", _time);

    private ModelHost NewHost(Func<RunningModel> start)
    {
        ModelStore store = new(_folder.Root);
        ModelFetch fetch = new(
            _ => throw new InvalidOperationException("It is here."), store, _time, NullLogger<ModelFetch>.Instance);
        return new ModelHost(store, fetch, _time, NullLogger<ModelHost>.Instance, (_, _) =>
        {
            _loads++;
            return start();
        });
    }

    private sealed class NativeFailure : ExternalException;

    private sealed class FakeDevice : IBatchModel, IDisposable
    {
        private int _images;

        public Exception? Failure { get; set; }

        public ManualResetEventSlim? Hold { get; set; }

        public TaskCompletionSource Freed { get; } = new();

        public int Images => Volatile.Read(ref _images);

        public float[][] Embed(IReadOnlyList<PixelImage> images)
        {
            Interlocked.Add(ref _images, images.Count);
            Hold?.Wait();
            return Failure is { } failure ? throw failure : [.. images.Select(_ => new float[] { 1 })];
        }

        public void Dispose() => Freed.TrySetResult();
    }
}
