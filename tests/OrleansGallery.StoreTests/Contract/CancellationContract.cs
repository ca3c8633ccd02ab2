using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Tokens, callbacks that throw, and a closed store: nothing hangs.</summary>
public abstract class CancellationContract : GalleryStoreContract
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Any_TokenFiredBefore_IsCancelledAndNothingIsWritten()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));
        CancellationToken fired = new(canceled: true);

        foreach (Func<Task> call in Calls(Store, partition, fired))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call().WaitAsync(Soon, Token));
        }

        await AssertStoredAsync(partition);
        Assert.Single(await Store.ListGalleriesAsync(Token));
    }

    [Fact]
    public async Task ReadRows_TokenFiredAtARow_EndsThere()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store, [.. Enumerable.Range(0, 100).Select(i => IdentityChange.Add($"{i}", "1"))]);
        using CancellationTokenSource source = new();
        int rows = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadRowsAsync(
            partition.Key,
            0,
            _ =>
            {
                if (++rows == 3)
                {
                    source.Cancel();
                }
            },
            source.Token).WaitAsync(Soon, Token));

        Assert.Equal(3, rows);
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task ReadRows_CallbackThrows_EndsTheReadWithWhatItThrew()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"), IdentityChange.Add("b", "1"));

        for (int attempt = 0; attempt < 20; attempt++)
        {
            InvalidDataException thrown = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadRowsAsync(
                partition.Key, 0, _ => throw new InvalidDataException("Enough."), Token).WaitAsync(Soon, Token));
            Assert.Equal("Enough.", thrown.Message);
        }

        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Any_AfterDispose_SaysThatTheStoreIsClosed()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        IGalleryStore closed = await OpenAsync();
        closed.Dispose();
        closed.Dispose();

        foreach (Func<Task> call in Calls(closed, partition, Token))
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => call().WaitAsync(Soon, Token));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => closed.CommitAsync([partition.Write(IdentityChange.Add("a", "1"))]).WaitAsync(Soon, Token));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Dispose_WhileMuchIsUnderWay_EveryCallEndsOneWayOrAnother()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        IGalleryStore closed = await OpenAsync();
        Task[] calls = [.. Enumerable.Range(0, 30).SelectMany(
            _ => Calls(closed, partition, Token).Select(call => Task.Run(call, Token)))];

        await Task.Run(closed.Dispose, Token).WaitAsync(Soon, Token);

        foreach (Task call in calls)
        {
            Exception? thrown = await Record.ExceptionAsync(() => call.WaitAsync(Soon, Token));
            Assert.True(thrown is null or ObjectDisposedException or StoreAwayException, $"{thrown}");
        }
    }

    private static IEnumerable<Func<Task>> Calls(
        IGalleryStore store, OwnedPartition partition, CancellationToken token) =>
    [
        () => store.CreateGalleryAsync(Describe("cancelled"), Guid.NewGuid(), token),
        () => store.DeleteGalleryAsync(partition.Key.Gallery + 1000, Guid.NewGuid(), token),
        () => store.PurgeAsync(1, token),
        () => store.TakePartitionAsync(partition.Key with { Partition = 1 }, Guid.NewGuid(), token),
        () => store.RetakePartitionAsync(partition.Held with { Owner = Guid.NewGuid() }, token),
        () => store.ReleasePartitionAsync(partition.Held with { Owner = Guid.NewGuid() }, token),
        () => store.ConfirmOwnersAsync([partition.Held], token),
        () => store.PutSearchBasisAsync(partition.Key.Gallery, 7, new StoredBasis(8, [1]), token),
        () => store.PutSettingsAsync(partition.Key.Gallery, "?", "!", token),
        () => store.CheckWritableAsync(token),
        () => store.ListGalleriesAsync(token),
        () => store.FindGalleryAsync("people", token),
        () => store.FindGalleryAsync(partition.Key.Gallery, token),
        () => store.ReadSearchBasisVersionAsync(partition.Key.Gallery, token),
        () => store.ReadSearchBasisAsync(partition.Key.Gallery, token),
        () => store.ReadPartitionsAsync(partition.Key.Gallery, token),
        () => store.ReadPartitionAsync(partition.Key, token),
        () => store.ReadRowsAsync(partition.Key, 0, _ => { }, token),
        () => store.ReadRemovalsAsync(partition.Key, 0, token),
        () => store.AuditPartitionAsync(partition.Key, new RecordedAudit(), token),
        () => store.ReadIdentityAsync(partition.Key, "a", token),
        () => store.ListIdentitiesAsync(partition.Key.Gallery, null, 10, token),
        () => store.ReadImagesAsync(partition.Key, "a", null, 10, true, token),
        () => store.ReadImageAsync(partition.Key, "a", "1", token),
    ];
}
