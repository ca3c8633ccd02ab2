using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A silo answers only from rows that are the store's: a store that has lost commits is found out.</summary>
public sealed class OwnershipLeaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    private string StandbyFile => _folder.File("standby.db");

    [Fact]
    public async Task Confirm_TheStoreIsAsItWasCommitted_IsConfirmed()
    {
        using Owner owner = await ActivatedAsync();
        await CommitAsync(owner, 1);
        OwnershipLease lease = LeaseOf(owner);
        long before = owner.Partition.Confirmed;

        await lease.ConfirmAsync(Token);

        Assert.True(owner.Partition.Confirmed > before);
        Assert.Equal(PartitionHold.Owned, owner.Partition.Hold);
    }

    [Fact]
    public async Task Confirm_TheStoreLostACommit_ThePartitionIsLostAndLoadedAsItIsNow()
    {
        using Owner owner = await ActivatedAsync();
        await CommitAsync(owner, 1);
        Replicate();
        await CommitAsync(owner, 2);
        owner.Store.Promote(new SqliteGalleryStore(StandbyFile));
        LocalPartition stale = owner.Partition;
        long before = stale.Confirmed;

        await LeaseOf(owner).ConfirmAsync(Token);

        Assert.Equal((true, before), (stale.IsLost, stale.Confirmed));
        await Assert.ThrowsAsync<RetryException>(() => CommitAsync(owner, 3));
        await owner.ActivateAsync((await owner.Store.FindGalleryAsync("people", Token))!);
        Assert.Equal(1, owner.Partition.Describe().Images);
        Assert.Equal(2, (await CommitAsync(owner, 2)).Sequence);
    }

    [Fact]
    public async Task Confirm_ACommitIsDurableButNotYetKnown_IsConfirmed()
    {
        using Owner owner = await ActivatedAsync();
        using Hold hold = new();
        owner.Store.AfterCommit = hold.Enter;
        Task<CommitReceipt> commit = CommitAsync(owner, 1);
        hold.WaitUntilReached();
        long before = owner.Partition.Confirmed;

        await LeaseOf(owner).ConfirmAsync(Token);
        hold.Release();

        Assert.True(owner.Partition.Confirmed > before);
        Assert.Equal(1, (await commit).Sequence);
        Assert.Equal(PartitionHold.Owned, owner.Partition.Hold);
    }

    [Fact]
    public async Task Confirm_ACommitIsAcknowledgedBetweenTheReadAndItsAnswer_IsConfirmed()
    {
        using Owner owner = await ActivatedAsync();
        using Hold hold = new();
        owner.Store.AfterConfirm = hold.Enter;
        long before = owner.Partition.Confirmed;
        Task confirmation = Task.Run(() => LeaseOf(owner).ConfirmAsync(Token), Token);
        hold.WaitUntilReached();
        await CommitAsync(owner, 1);
        hold.Release();

        await confirmation;

        Assert.True(owner.Partition.Confirmed > before);
        Assert.Equal(PartitionHold.Owned, owner.Partition.Hold);
    }

    [Fact]
    public async Task Confirm_TheStoreHasACommitThatNobodyHereSent_ThePartitionIsLost()
    {
        using Owner owner = await ActivatedAsync();
        PartitionWrite unknown = owner.Partition.BeginDraft().ToWrite(Guid.NewGuid());
        Assert.Equal([true], await owner.Store.CommitAsync([unknown]));

        await LeaseOf(owner).ConfirmAsync(Token);

        Assert.True(owner.Partition.IsLost);
    }

    [Fact]
    public async Task Confirm_APartitionThatWasHandedOver_AnswersUntilItsLeaseEndsAndTakesNoChange()
    {
        using Owner owner = await ActivatedAsync();
        FakeTimeProvider time = new();
        OwnershipLease lease = LeaseOf(owner, time);
        LocalPartition partition = owner.Partition;
        bool gone = false;
        Assert.True(partition.TryLeave(time.GetTimestamp(), () => gone = true));
        await lease.ConfirmAsync(Token);
        long confirmed = partition.Confirmed;
        Assert.Equal(time.GetTimestamp(), confirmed);

        await owner.Store.TakePartitionAsync(partition.Key, Guid.NewGuid(), Token);
        time.Advance(TimeSpan.FromMinutes(9));
        await lease.ConfirmAsync(Token);
        await Assert.ThrowsAsync<RetryException>(() => CommitAsync(owner, 1));
        Assert.Equal((false, false, confirmed), (partition.IsLost, gone, partition.Confirmed));

        time.Advance(TimeSpan.FromMinutes(1));
        await lease.ConfirmAsync(Token);
        Assert.Equal((true, true), (partition.IsLost, gone));
    }

    [Fact]
    public async Task Confirm_APartitionThatIsLent_IsConfirmedUntilSomebodyElseTakesIt()
    {
        using Owner owner = await ActivatedAsync();
        Loan loan = new(Guid.NewGuid());
        Task<CommitReceipt> lent = owner.Committer.CommitAsync(owner.Partition, Changes.Of("p1", 1), loan);
        await loan.Granted;
        long before = owner.Partition.Confirmed;
        await LeaseOf(owner).ConfirmAsync(Token);
        Assert.True(owner.Partition.Confirmed > before);
        Assert.Equal((true, false), (owner.Partition.IsLent, owner.Partition.IsLost));

        await owner.Store.TakePartitionAsync(owner.Partition.Key, Guid.NewGuid(), Token);
        await LeaseOf(owner).ConfirmAsync(Token);

        Assert.True(owner.Partition.IsLost);
        loan.Conclude(LoanEnd.Unknown);
        await Assert.ThrowsAsync<RetryException>(() => lent);
    }

    [Fact]
    public async Task Confirm_ARetakeOfItsOwnIsUnderWayWhenTheStoreAnswers_IsNotLost()
    {
        using Owner owner = await ActivatedAsync();
        using Hold retake = new();
        Loan loan = new(Guid.NewGuid());
        Task<CommitReceipt> lent = owner.Committer.CommitAsync(owner.Partition, Changes.Of("p1", 1), loan);
        await loan.Granted;
        owner.Store.AfterRetake = retake.Enter;
        owner.Store.BeforeConfirm = () =>
        {
            loan.Conclude(LoanEnd.Unknown);
            retake.WaitUntilReached();
        };

        await LeaseOf(owner).ConfirmAsync(Token);

        Assert.Equal((PartitionHold.Doubtful, false), (owner.Partition.Hold, owner.Partition.IsLent));
        retake.Release();
        await Assert.ThrowsAsync<RetryException>(() => lent);
        Assert.Equal(PartitionHold.Owned, owner.Partition.Hold);
    }

    [Fact]
    public async Task Confirm_NobodyComesForWhatWasHandedOver_ItIsGivenUp()
    {
        using Owner owner = await ActivatedAsync();
        FakeTimeProvider time = new();
        OwnershipLease lease = LeaseOf(owner, time);
        owner.Partition.TryLeave(time.GetTimestamp(), () => { });

        time.Advance(TimeSpan.FromMinutes(30));
        await lease.ConfirmAsync(Token);
        Assert.False(owner.Partition.IsLost);
        time.Advance(TimeSpan.FromSeconds(1));
        await lease.ConfirmAsync(Token);
        Assert.True(owner.Partition.IsLost);
    }

    [Fact]
    public async Task Search_AStandbyWithoutTheLastCommitsWasPromoted_AnswersWhatItHasAndTakesThemAgain()
    {
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            1, () => store = new FaultyStore(new SqliteGalleryStore(DatabaseFile)));
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        await cluster.Identity(gallery, "p1").EnrolAsync(Images.Of(1, 0));
        Replicate();
        await cluster.Identity(gallery, "p1").EnrolAsync(Images.Of(1, 1));
        await cluster.Identity(gallery, "p2").EnrolAsync(Images.Of(2, 0));

        store!.Promote(new SqliteGalleryStore(StandbyFile));
        await cluster.Silos[0].ServiceProvider.GetRequiredService<OwnershipLease>().ConfirmAsync(Token);

        SearchAnswer answer = await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(2, 0, 16));
        Assert.Equal((1, true), (answer.Answered, answer.IsConfirmed));
        Assert.Equal(("p1", 1), (Assert.Single(answer.Matches).IdentityId, answer.Matches[0].Count));
        Assert.Equal(EnrolOutcome.Searchable, await EnrolAgainAsync(cluster, gallery, "p1", Images.Of(1, 1)));
        Assert.Equal(EnrolOutcome.Searchable, await EnrolAgainAsync(cluster, gallery, "p2", Images.Of(2, 0)));
        Assert.Empty((await cluster.Gallery("people").VerifyAsync(Token)).Differences);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Owner> ActivatedAsync()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        return owner;
    }

    private static OwnershipLease LeaseOf(Owner owner, TimeProvider? time = null)
    {
        LocalPartitions partitions = new();
        partitions.Add(owner.Partition, owner.Partition.PlaceOn(FixedMembership.Address(1)));
        return Leases.Of(partitions, owner.Store, time);
    }

    private static Task<CommitReceipt> CommitAsync(Owner owner, int number) =>
        owner.Committer.CommitAsync(owner.Partition, Changes.Of($"p{number}", number));

    // What the identity believed is of the store's lost history: its first call may find that out.
    private static async Task<EnrolOutcome> EnrolAgainAsync(
        GalleryCluster cluster, Gallery gallery, string identityId, ImageToEnrol image)
    {
        try
        {
            return (await cluster.Identity(gallery, identityId).EnrolAsync(image)).Outcome;
        }
        catch (RetryException)
        {
            return (await cluster.Identity(gallery, identityId).EnrolAsync(image)).Outcome;
        }
    }

    // As an asynchronous standby has it at this moment.
    private void Replicate()
    {
        using SqliteConnection connection = new($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", StandbyFile);
        command.ExecuteNonQuery();
    }
}
