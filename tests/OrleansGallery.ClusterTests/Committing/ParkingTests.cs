using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A change that comes while an outcome is being found out is kept, then done once; whichever comes first.
/// </summary>
public sealed class ParkingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Park_BesideSettling_EachChangeIsKeptOrRefusedByTheParkingNeverBoth()
    {
        using Owner owner = await ActivatedAsync();
        LocalPartition partition = owner.Partition;
        ChangeTicket[] tickets =
            [.. Enumerable.Range(0, 2_000).Select(i => new ChangeTicket(partition, Changes.Of($"p{i}", i, 2)))];
        partition.MarkDoubtful();
        using Barrier start = new(2);

        Task<bool[]> parking = Task.Run(
            () =>
            {
                start.SignalAndWait(Token);
                return Array.ConvertAll(tickets, partition.TryPark);
            },
            Token);
        start.SignalAndWait(Token);
        IReadOnlyList<ChangeTicket> kept = partition.Settle(partition.Held.Epoch + 1);
        bool[] parked = await parking;

        // Parked: until it was settled; those that came later go their way.
        Assert.Equal(tickets.Take(kept.Count), kept);
        Assert.Equal(Enumerable.Range(0, tickets.Length).Select(i => i < kept.Count), parked);
        Assert.Empty(partition.Settle(partition.Held.Epoch + 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_ParkedWhileTheRetakeIsUnderWay_IsDoneOnce(bool committed)
    {
        using Owner owner = await ActivatedAsync();
        using Hold retake = new();
        FailOnce(owner, committed);
        owner.Store.AfterRetake = retake.Enter;
        Task<CommitReceipt> unknown = CommitAsync(owner, 0);
        retake.WaitUntilReached();
        Assert.Equal(PartitionHold.Doubtful, owner.Partition.Hold);
        Task<CommitReceipt>[] behind = [.. Enumerable.Range(1, 5).Select(i => CommitAsync(owner, i))];
        retake.Release();

        if (committed)
        {
            Assert.Equal(1, (await unknown).Sequence);
        }
        else
        {
            await Assert.ThrowsAsync<RetryException>(() => unknown);
        }

        await Task.WhenAll(behind);
        await AssertImagesAsync(owner, committed ? 6 : 5);
    }

    [Fact]
    public async Task Commit_TakenFromTheQueueBeforeTheOutcomeAndParkedAfterIt_IsDoneOnce()
    {
        using Owner owner = await ActivatedAsync();
        using Hold first = new();
        owner.Store.BeforeCommit = first.Enter;
        FailOnce(owner, committed: true);

        // All of them wait in the queue when the outcome of the first becomes unknown.
        Task<CommitReceipt> unknown = CommitAsync(owner, 0);
        first.WaitUntilReached();
        Task<CommitReceipt>[] behind = [.. Enumerable.Range(1, 5).Select(i => CommitAsync(owner, i))];
        first.Release();

        await Task.WhenAll([unknown, .. behind]);
        await AssertImagesAsync(owner, 6);
    }

    [Fact]
    public async Task Commit_ParkedAndThePartitionIsGivenUp_IsRefusedAndNotDone()
    {
        using Owner owner = await ActivatedAsync();
        using Hold retake = new();
        FailOnce(owner, committed: false);
        owner.Store.BeforeRetake = retake.Enter;
        Task<CommitReceipt> unknown = CommitAsync(owner, 0);
        retake.WaitUntilReached();
        Task<CommitReceipt> behind = CommitAsync(owner, 1);
        owner.Partition.GiveUp("Given up.");
        retake.Release();

        await Assert.ThrowsAsync<RetryException>(() => behind);
        await Assert.ThrowsAsync<RetryException>(() => unknown);
        Assert.True(owner.Partition.IsLost);
        Assert.Equal(0, (await owner.AuditAsync((await owner.Store.FindGalleryAsync("people", Token))!)).Images);
    }

    public void Dispose() => _folder.Dispose();

    private static void FailOnce(Owner owner, bool committed)
    {
        if (committed)
        {
            owner.Store.AfterCommit = Fail;
        }
        else
        {
            owner.Store.BeforeCommit = Fail;
        }

        void Fail()
        {
            owner.Store.AfterCommit = owner.Store.BeforeCommit = null;
            throw new IOException("The connection was lost.");
        }
    }

    private static Task<CommitReceipt> CommitAsync(Owner owner, int number) =>
        owner.Committer.CommitAsync(owner.Partition, Changes.Of($"p{number}", number));

    private static async Task AssertImagesAsync(Owner owner, int images)
    {
        GalleryRecord gallery = (await owner.Store.FindGalleryAsync("people", Token))!;
        VerificationReport report = await owner.AuditAsync(gallery);
        Assert.Empty(report.Differences);
        Assert.Equal((images, images), (report.Images, owner.Partition.Describe().Images));
        Assert.Equal(report.Hash, owner.Partition.Describe().Hash);
    }

    private async Task<Owner> ActivatedAsync()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        return owner;
    }
}
