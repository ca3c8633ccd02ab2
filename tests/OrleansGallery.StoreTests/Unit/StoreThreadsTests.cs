using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>The queue before a store's threads: bounded, cancelled at once, never left waiting.</summary>
public sealed class StoreThreadsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TokenFiredWhileItWaits_IsCancelledAtOnceAndNeverDone()
    {
        using Held held = new();
        using CancellationTokenSource source = new();
        bool done = false;
        Task<int> waiting = held.Threads.RunAsync(
            _ =>
            {
                done = true;
                return 1;
            },
            source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon, Token));
        held.LetGo();
        Assert.Equal(2, await held.Threads.RunAsync(_ => 2, Token).WaitAsync(Soon, Token));
        Assert.False(done);
    }

    [Fact]
    public async Task Run_MoreThanMayWait_IsRefusedAtOnceAndTheRestIsDone()
    {
        using Held held = new();
        Task<int>[] waiting = [.. Enumerable.Range(0, Held.Capacity)
            .Select(i => held.Threads.RunAsync(_ => i, Token))];

        StoreAwayException error = await Assert.ThrowsAsync<StoreAwayException>(
            () => held.Threads.RunAsync(_ => 0, Token).WaitAsync(Soon, Token));

        Assert.Equal((StoreAwayReason.Unreachable, false), (error.Reason, error.IsOutcomeUnknown));
        held.LetGo();
        Assert.Equal(Enumerable.Range(0, Held.Capacity), await Task.WhenAll(waiting).WaitAsync(Soon, Token));
    }

    [Fact]
    public async Task Dispose_WhileWorkWaits_RefusesItAndEndsAfterWhatHasBegun()
    {
        using Held held = new();
        Task<int> waiting = held.Threads.RunAsync(_ => 1, Token);
        Task disposing = Task.Run(held.Threads.Dispose, Token);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Soon, Token));
        Assert.False(held.Worker.IsDisposed);
        held.LetGo();
        await disposing.WaitAsync(Soon, Token);

        Assert.True(held.Worker.IsDisposed);
        Assert.True(await held.Begun.WaitAsync(Soon, Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => held.Threads.RunAsync(_ => 1, Token));
    }

    [Fact]
    public async Task Dispose_FromWhatRuns_DoesNotWaitForItself()
    {
        using Held held = new();
        held.LetGo();

        Assert.True(await held.Threads.RunAsync(
            _ =>
            {
                held.Threads.Dispose();
                return true;
            },
            Token).WaitAsync(Soon, Token));
    }

    [Fact]
    public async Task Run_WorkThrows_ItsCallerHearsItAndTheThreadGoesOn()
    {
        using Held held = new();
        held.LetGo();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => held.Threads.RunAsync<int>(_ => throw new InvalidOperationException(), Token));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => held.Threads.RunAsync<int>(_ => throw new OperationCanceledException(), Token));
        Assert.Equal(1, await held.Threads.RunAsync(_ => 1, Token).WaitAsync(Soon, Token));
    }

    private sealed class FakeWorker : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    // One thread, busy until it is let go.
    private sealed class Held : IDisposable
    {
        public const int Capacity = 3;

        private readonly ManualResetEventSlim _gate = new();

        public Held()
        {
            Threads = new StoreThreads<FakeWorker>("tester", [Worker], Capacity);
            using ManualResetEventSlim begun = new();
            Begun = Threads.RunAsync(
                _ =>
                {
                    begun.Set();
                    return _gate.Wait(Soon);
                },
                Token);
            Assert.True(begun.Wait(Soon, Token));
        }

        public FakeWorker Worker { get; } = new();

        public StoreThreads<FakeWorker> Threads { get; }

        public Task<bool> Begun { get; }

        public void LetGo() => _gate.Set();

        public void Dispose()
        {
            LetGo();
            Threads.Dispose();
            _gate.Dispose();
        }
    }
}
