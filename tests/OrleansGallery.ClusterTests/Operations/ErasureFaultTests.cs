using System.Collections.Concurrent;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Erasures whose answer is lost, whose silo dies or whose identity is held by another operation: all of one
/// happens, once, or nothing.</summary>
public sealed class ErasureFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<FaultyStore> _stores = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erase_TheAnswerOfTheCommitIsLost_IsFoundOut(bool happened)
    {
        await using GalleryCluster cluster = await StartAsync(1);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        int calls = 0;
        Action lose = () =>
        {
            if (calls++ == 0)
            {
                throw new StoreAwayException(StoreAwayReason.Unreachable, "Away.") { IsOutcomeUnknown = true };
            }
        };
        On(store => (store.BeforeErasure, store.AfterErasure) = (happened ? null : lose, happened ? lose : null));

        ErasureReceipt receipt = await two.EraseAsync(TwoIdentities.Low, "e1");

        Assert.Equal(happened ? 1 : 2, calls);
        Assert.Equal(5, receipt.ImagesErased);
        Assert.Equal(receipt, await two.EraseAsync(TwoIdentities.Low, "e1"));
        two.Erased(TwoIdentities.Low);
        await two.AssertAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erase_TheSiloIsKilledAroundTheCommit_HappensOnceWhenSentAgain(bool happened)
    {
        await using GalleryCluster cluster = await StartAsync(3);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        InProcessSiloHandle silo = cluster.Silos[2];
        await cluster.MoveAsync(two.Gallery, 0, silo);
        using Hold hold = new();
        Action enter = hold.Enter;
        On(store => (store.BeforeErasure, store.AfterErasure) = (happened ? null : enter, happened ? enter : null));
        Task<ErasureReceipt> first = two.EraseAsync(TwoIdentities.Low, "e1");
        hold.WaitUntilReached();

        Task killed = cluster.KillSiloAsync(silo);
        On(store => (store.BeforeErasure, store.AfterErasure) = (null, null));
        hold.Release();
        await killed;
        ErasureReceipt receipt = await two.EraseAsync(TwoIdentities.Low, "e1");

        Assert.Equal(receipt, await first);
        two.Erased(TwoIdentities.Low);
        await two.AssertAsync();
        Assert.False(await cluster.Store.PurgeIdentityAsync(
            new PartitionKey(two.Gallery.Number, 0), TwoIdentities.Low, 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Erase_TheServiceEndsBeforeThePurge_SentAgainItLeavesNothingAndSaysTheSame()
    {
        PartitionKey key;
        ErasureReceipt noted;
        await using (GalleryCluster cluster = await StartAsync(1))
        {
            TwoIdentities two = await TwoIdentities.FillAsync(cluster);
            key = new PartitionKey(two.Gallery.Number, 0);
            On(store => store.BeforePurgeIdentity = () => throw new StoreAwayException(
                StoreAwayReason.Failing, "The disk fails."));

            await Assert.ThrowsAsync<StorageUnavailableException>(() => two.Grain(TwoIdentities.Low).EraseAsync(
                new EraseRequest { OperationId = "e1" }));
            noted = await cluster.Gallery("people").GetErasureAsync("e1");
        }

        await using GalleryCluster again = await StartAsync(1);
        TwoIdentities later = new(again, await again.Gallery("people").GetAsync());
        Assert.Equal(noted, await later.EraseAsync(TwoIdentities.Low, "e1"));
        Assert.False(await again.Store.PurgeIdentityAsync(
            key, TwoIdentities.Low, 1, TestContext.Current.CancellationToken));
        Assert.Empty((await again.Gallery("people").VerifyAsync(TestContext.Current.CancellationToken)).Differences);
        await Assert.ThrowsAsync<ImageErasedException>(() => later.Grain(TwoIdentities.Beside).EnrolAsync(
            Images.Of(0, 0, TwoIdentities.Dimension)));
    }

    [Fact]
    public async Task Erase_WhileAnOlderStateIsRead_IsAnsweredAfterwards_OrToBeSentAgain()
    {
        await using GalleryCluster cluster = await StartAsync(1);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        On(store => store.IsOlderStateRead = () => true);

        RetryException retry = await Assert.ThrowsAsync<RetryException>(() => two.Grain(TwoIdentities.Low).EraseAsync(
            new EraseRequest { OperationId = "e1" }));
        Assert.Contains("'e1' is done", retry.Message, StringComparison.Ordinal);

        int reads = 3;
        On(store => store.IsOlderStateRead = () => reads-- > 0);
        Assert.Equal(
            await cluster.Gallery("people").GetErasureAsync("e1"), await two.EraseAsync(TwoIdentities.Low, "e1"));
        Assert.True(reads < 0);
    }

    [Fact]
    public async Task Erase_APartitionWasTakenBeforeTheCommit_BeginsAnewAndHappensOnce()
    {
        await using GalleryCluster cluster = await StartAsync(1);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        using Hold hold = new();
        On(store => store.BeforeErasure = hold.Enter);
        Task<ErasureReceipt> erasure = two.EraseAsync(TwoIdentities.High, "e1", two.ImagesOf(TwoIdentities.High)[0]);
        hold.WaitUntilReached();

        // Whoever has it now cannot commit what the old owner is about to.
        using SqliteGalleryStore other = new(_folder.File("gallery.db"));
        await other.TakePartitionAsync(
            new PartitionKey(two.Gallery.Number, 2), Guid.NewGuid(), TestContext.Current.CancellationToken);
        On(store => store.BeforeErasure = null);
        hold.Release();

        Assert.Equal(1, (await erasure).ImagesErased);
        two.Erased(TwoIdentities.High, two.ImagesOf(TwoIdentities.High)[0]);
        await two.AssertAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erase_AnIdentityThatAMergeHolds_WaitsForItAndTakesWhatIsThereThen(bool source)
    {
        await using GalleryCluster cluster = await StartAsync(1);
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        string id = source ? TwoIdentities.Low : TwoIdentities.High;
        using Hold hold = new();
        On(store => store.BeforeJoint = hold.Enter);
        Task<OperationReceipt> merge = two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m", null);
        hold.WaitUntilReached();

        Task<ErasureReceipt> erasure = two.EraseAsync(id, "e1");
        RetryException refused = await Assert.ThrowsAsync<RetryException>(
            () => cluster.Partition(two.Gallery, source ? 0 : 2).EraseAsync(ChangeOf(id)));
        Assert.True(refused.NothingWritten);
        Assert.False(erasure.IsCompleted);
        hold.Release();

        await merge;
        two.Moved(TwoIdentities.Low, TwoIdentities.High, null);
        if (source)
        {
            await Assert.ThrowsAsync<IdentityNotFoundException>(() => erasure);
        }
        else
        {
            Assert.Equal(10, (await erasure).ImagesErased);
            two.Erased(TwoIdentities.High);
        }

        await two.AssertAsync();
    }

    public void Dispose() => _folder.Dispose();

    // Refused before anybody looks at what it would do.
    private static ErasureChange ChangeOf(string id)
    {
        IdentityMark mark = new() { Version = 1, Count = 5, Hash = string.Empty };
        return new ErasureChange
        {
            Token = Guid.NewGuid(),
            Change = Changes.Of(id, 1),
            Digest = new byte[32],
            Receipt = new ErasureReceipt
            {
                OperationId = "e2",
                ImagesErased = 5,
                ContentsHash = string.Empty,
                Identity = new OperationSide { IdentityId = id, Before = mark, After = mark },
                ErasedAt = default,
            },
        };
    }

    private void On(Action<FaultyStore> set)
    {
        foreach (FaultyStore store in _stores)
        {
            set(store);
        }
    }

    private Task<GalleryCluster> StartAsync(int silos) => GalleryCluster.StartSeveralAsync(
        silos,
        () =>
        {
            FaultyStore store = new(new SqliteGalleryStore(_folder.File("gallery.db")));
            _stores.Add(store);
            return store;
        });
}
