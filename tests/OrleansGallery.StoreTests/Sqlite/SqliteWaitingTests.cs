using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Two handles of which one is in the middle of a commit.</summary>
public sealed class SqliteWaitingTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly SqliteDatabase _database = new();
    private readonly SqliteGalleryStore _store;
    private readonly SqliteGalleryStore _other;
    private readonly ManualResetEventSlim _gate = new();
    private OwnedPartition? _partition;

    public SqliteWaitingTests()
    {
        _store = new SqliteGalleryStore(_database.DatabaseFile);
        _other = new SqliteGalleryStore(_database.DatabaseFile);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        GalleryRecord gallery = (await _store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people", Dimension = TestImages.Dimension, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(),
            Token))!;
        _partition = await OwnedPartition.TakeAsync(_store, new(gallery.Number, 0), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Set();
        _store.Dispose();
        _other.Dispose();
        _gate.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Take_WhileACommitIsUnderWay_WaitsForItAndFencesTheNext()
    {
        Task<bool> commit = await HoldCommitAsync();
        Task<TakenPartition?> taking = _other.TakePartitionAsync(_partition!.Key, Guid.NewGuid(), Token);
        Assert.False(taking.IsCompleted);
        Assert.Empty(await _other.ListIdentitiesAsync(_partition.Key.Gallery, null, 10, Token).WaitAsync(Soon, Token));

        _gate.Set();

        Assert.True(await commit.WaitAsync(Soon, Token));
        PartitionPosition taken = (await taking.WaitAsync(Soon, Token))!.State.Position;
        Assert.Equal(_partition.Position with { Epoch = 2 }, taken);
        Assert.False(await _partition.CommitAsync(_store, IdentityChange.Add("a", "2")));
    }

    [Fact]
    public async Task AnyWrite_TokenFiredBehindAHeldCommit_IsCancelledAtOnce()
    {
        Task<bool> commit = await HoldCommitAsync();
        using CancellationTokenSource source = new();
        Task taking = _store.TakePartitionAsync(_partition!.Key, Guid.NewGuid(), source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking.WaitAsync(Soon, Token));
        _gate.Set();
        Assert.True(await commit.WaitAsync(Soon, Token));
        Assert.Equal(1, (await _store.ReadPartitionAsync(_partition.Key, Token))!.Position.Epoch);
    }

    private async Task<Task<bool>> HoldCommitAsync()
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeCommit = () =>
        {
            held.TrySetResult();
            _gate.Wait(Soon);
        };
        Task<bool> commit = _partition!.CommitAsync(_store, IdentityChange.Add("a", "1"));
        await held.Task.WaitAsync(Soon, Token);
        return commit;
    }
}
