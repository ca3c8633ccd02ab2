using System.Collections.Concurrent;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Transfers between partitions of different silos that die, move or wait at the wrong moment: all of one
/// happens, or nothing.</summary>
public sealed class TransferFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<FaultyStore> _stores = [];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Transfer_ASiloIsKilledAroundTheCommit_HappensOnceWhenSentAgain(bool lends, bool happened)
    {
        await using GalleryCluster cluster = await StartAsync();
        (TwoIdentities two, InProcessSiloHandle lender, InProcessSiloHandle committer) = await SpreadAsync(cluster);
        using Hold hold = new();
        Action enter = hold.Enter;
        On(store => (store.BeforeJoint, store.AfterJoint) = (happened ? null : enter, happened ? enter : null));
        Task<OperationReceipt> first = two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null);
        hold.WaitUntilReached();

        Task killed = cluster.KillSiloAsync(lends ? lender : committer);
        On(store => (store.BeforeJoint, store.AfterJoint) = (null, null));
        hold.Release();
        await killed;
        OperationReceipt receipt = await two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null);

        Assert.Equal(receipt, await first);
        two.Moved(TwoIdentities.Low, TwoIdentities.High, null);
        await two.AssertAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transfer_APartitionMovesBeforeTheCommit_HappensOnce(bool lent)
    {
        await using GalleryCluster cluster = await StartAsync();
        (TwoIdentities two, InProcessSiloHandle lender, InProcessSiloHandle committer) = await SpreadAsync(cluster);
        using Hold hold = new();
        On(store => store.BeforeJoint = hold.Enter);
        Task<OperationReceipt> transfer = two.TransferAsync(TwoIdentities.High, TwoIdentities.Low, "m1", null);
        hold.WaitUntilReached();

        // Whoever has it now cannot commit what the old owner is about to.
        PartitionKey key = new(two.Gallery.Number, lent ? 0 : 2);
        using SqliteGalleryStore other = new(_folder.File("gallery.db"));
        TakenPartition? taken = await other.TakePartitionAsync(
            key, Guid.NewGuid(), TestContext.Current.CancellationToken);
        On(store => store.BeforeJoint = null);
        hold.Release();

        Assert.NotNull(taken);
        Assert.Equal(5, (await transfer).ImagesMoved);
        two.Moved(TwoIdentities.High, TwoIdentities.Low, null);
        await two.AssertAsync();
    }

    [Fact]
    public async Task Transfer_TakesLongerThanTheLoan_ThePartitionGoesOnAndTheTransferBeginsAnew()
    {
        await using GalleryCluster cluster = await StartAsync(TimeSpan.FromMilliseconds(200));
        (TwoIdentities two, _, _) = await SpreadAsync(cluster);
        using Hold hold = new();
        On(store => store.BeforeJoint = hold.Enter);
        Task<OperationReceipt> transfer = two.TransferAsync(TwoIdentities.Low, TwoIdentities.High, "m1", null);
        hold.WaitUntilReached();

        await two.EnrolAsync(TwoIdentities.Beside, 70);
        Assert.False(transfer.IsCompleted);
        On(store => store.BeforeJoint = null);
        hold.Release();

        Assert.Equal(5, (await transfer).ImagesMoved);
        two.Moved(TwoIdentities.Low, TwoIdentities.High, null);
        await two.AssertAsync();
    }

    public void Dispose() => _folder.Dispose();

    private void On(Action<FaultyStore> set)
    {
        foreach (FaultyStore store in _stores)
        {
            set(store);
        }
    }

    private Task<GalleryCluster> StartAsync(TimeSpan? loan = null) => GalleryCluster.StartSeveralAsync(
        3,
        () =>
        {
            FaultyStore store = new(new SqliteGalleryStore(_folder.File("gallery.db")));
            _stores.Add(store);
            return store;
        },
        silo => silo.Configure<CommitterOptions>(
            options => options.LoanTime = loan ?? TimeSpan.FromSeconds(5)));

    // The lower partition is lent by the second silo, the higher one is the third's; clients and galleries have the
    // first.
    private static async Task<(TwoIdentities Two, InProcessSiloHandle Lender, InProcessSiloHandle Committer)>
        SpreadAsync(GalleryCluster cluster)
    {
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        (InProcessSiloHandle lender, InProcessSiloHandle committer) = (cluster.Silos[1], cluster.Silos[2]);
        await cluster.MoveAsync(two.Gallery, 0, lender);
        await cluster.MoveAsync(two.Gallery, 2, committer);
        return (two, lender, committer);
    }
}
