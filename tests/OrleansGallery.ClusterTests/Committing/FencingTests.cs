using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Two owners of one partition on one store: nothing acknowledged is lost, nothing is counted twice.</summary>
public sealed class FencingTests : IDisposable
{
    private const int Behind = 8;

    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Commit_HeldJustBeforeItBecomesVisible_IsSeenByTheSecondOwnerAndTheRestIsRefusedOrSeen()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile);
        using Owner second = new(DatabaseFile);
        await first.ActivateAsync(gallery);
        using Hold hold = new();
        first.BeforeVisible = hold.Enter;

        Task<EnrolReceipt> held = Enrol(first, gallery, 0);
        hold.WaitUntilReached();
        List<Task<EnrolReceipt>> behind = [.. Enumerable.Range(1, Behind).Select(i => Enrol(first, gallery, i))];
        Task activation = second.ActivateAsync(gallery);
        Assert.False(activation.IsCompleted);
        first.BeforeVisible = null;
        hold.Release();

        Assert.Equal(EnrolOutcome.Searchable, (await held).Outcome);
        await activation;
        List<int> accepted = [0, .. await AcceptedAsync(behind)];
        Assert.Equal(accepted.Count, second.Partition.Describe().Images);
        foreach (int identity in accepted)
        {
            Assert.Equal(EnrolOutcome.Duplicate, (await Enrol(second, gallery, identity)).Outcome);
        }

        await Assert.ThrowsAsync<RetryException>(() => Enrol(first, gallery, Behind + 1));
        Assert.True(first.Partition.IsLost);
        await ResendAllAsync(second, gallery);
        await AssertCompleteAsync(second, gallery);
    }

    [Fact]
    public async Task Commit_HeldBeforeTheStoreWhileTheSecondActivates_IsRefusedWithEverythingQueuedBehind()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile);
        using Owner second = new(DatabaseFile);
        await first.ActivateAsync(gallery);
        using Hold hold = new();
        first.Store.BeforeCommit = hold.Enter;

        Task<EnrolReceipt> held = Enrol(first, gallery, 0);
        hold.WaitUntilReached();
        List<Task<EnrolReceipt>> behind = [.. Enumerable.Range(1, Behind).Select(i => Enrol(first, gallery, i))];
        await second.ActivateAsync(gallery);
        hold.Release();

        await Assert.ThrowsAsync<RetryException>(() => held);
        Assert.Empty(await AcceptedAsync(behind));
        Assert.True(first.Partition.IsLost);
        Assert.Equal(0, (await second.AuditAsync(gallery)).Images);
        await ResendAllAsync(second, gallery);
        await AssertCompleteAsync(second, gallery);
    }

    [Fact]
    public async Task Commit_StoreThrowsAfterCommitting_IsAcceptedAndCountedOnce()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        long epoch = owner.Partition.Held.Epoch;
        owner.Store.AfterCommit = () =>
        {
            owner.Store.AfterCommit = null;
            throw new IOException("The connection was lost after the commit.");
        };

        Assert.Equal(EnrolOutcome.Searchable, (await Enrol(owner, gallery, 0)).Outcome);
        Assert.Equal(epoch + 1, owner.Partition.Held.Epoch);
        await ResendAllAsync(owner, gallery);
        await AssertCompleteAsync(owner, gallery);
    }

    [Fact]
    public async Task Commit_StoreThrowsBeforeCommitting_IsRefusedAndThePartitionGoesOn()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        owner.Store.BeforeCommit = () =>
        {
            owner.Store.BeforeCommit = null;
            throw new IOException("The connection was lost before the commit.");
        };

        RetryException error = await Assert.ThrowsAsync<RetryException>(() => Enrol(owner, gallery, 0));
        Assert.Contains("nothing was written", error.Message, StringComparison.Ordinal);
        Assert.False(owner.Partition.IsLost);
        Assert.Equal(0, (await owner.AuditAsync(gallery)).Images);
        await ResendAllAsync(owner, gallery);
        await AssertCompleteAsync(owner, gallery);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_OutcomeUnknownAndTheAnswerOfTheRetakeIsLost_IsFoundOutByAnotherRetake(bool committed)
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        long epoch = owner.Partition.Held.Epoch;
        owner.Store.BeforeCommit = committed ? null : Fail;
        owner.Store.AfterCommit = committed ? Fail : null;
        int retakes = 0;
        owner.Store.AfterRetake = () =>
        {
            if (++retakes < 3)
            {
                throw new StoreAwayException(
                    StoreAwayReason.Unreachable, "The answer was lost.", new IOException("Reset."));
            }
        };

        Task<EnrolReceipt> sent = Enrol(owner, gallery, 0);
        if (committed)
        {
            Assert.Equal(EnrolOutcome.Searchable, (await sent).Outcome);
        }
        else
        {
            RetryException error = await Assert.ThrowsAsync<RetryException>(() => sent);
            Assert.Contains("nothing was written", error.Message, StringComparison.Ordinal);
        }

        owner.Store.BeforeCommit = owner.Store.AfterCommit = null;
        Assert.Equal((3, epoch + 1), (retakes, owner.Partition.Held.Epoch));
        Assert.Equal(PartitionHold.Owned, owner.Partition.Hold);
        await ResendAllAsync(owner, gallery);
        await AssertCompleteAsync(owner, gallery);

        static void Fail() => throw new IOException("The connection was lost.");
    }

    [Fact]
    public async Task Commit_WhileAnotherPartitionIsDoubtful_IsNotHeldUpAndChangesOfThatOneWait()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, partitions: 2);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery, 1);
        LocalPartition sound = owner.Partition;
        await owner.ActivateAsync(gallery);
        LocalPartition doubtful = owner.Partition;
        using ManualResetEventSlim release = new();
        owner.Store.AfterCommit = () =>
        {
            owner.Store.AfterCommit = null;
            throw new IOException("The connection was lost.");
        };
        owner.Store.BeforeRetake = () => release.Wait();

        Task<CommitReceipt> unknown = owner.Committer.CommitAsync(doubtful, Changes.Of("a", 1));
        Assert.True(SpinWait.SpinUntil(() => doubtful.Hold == PartitionHold.Doubtful, TimeSpan.FromSeconds(10)));
        Task<CommitReceipt> behind = owner.Committer.CommitAsync(doubtful, Changes.Of("b", 2));
        CommitReceipt beside = await owner.Committer.CommitAsync(sound, Changes.Of("c", 3));
        Assert.False(unknown.IsCompleted || behind.IsCompleted);
        release.Set();

        Assert.Equal((1, 1, 2), (beside.Sequence, (await unknown).Sequence, (await behind).Sequence));
        Assert.Equal(2, (await owner.AuditAsync(gallery)).Images);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_OutcomeUnknownAndPartitionTakenMeanwhile_CallersHearRetryAndNothingIsCountedTwice(
        bool committed)
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile);
        using Owner second = new(DatabaseFile);
        await first.ActivateAsync(gallery);
        static void Fail() => throw new IOException("The connection was lost.");
        first.Store.BeforeCommit = committed ? null : Fail;
        first.Store.AfterCommit = committed ? Fail : null;
        first.Store.BeforeRetake = () => second.ActivateAsync(gallery).GetAwaiter().GetResult();

        await Assert.ThrowsAsync<RetryException>(() => Enrol(first, gallery, 0));
        Assert.True(first.Partition.IsLost);
        Assert.Equal(committed ? 1 : 0, second.Partition.Describe().Images);
        await ResendAllAsync(second, gallery);
        await AssertCompleteAsync(second, gallery);
    }

    [Fact]
    public async Task Commit_StoreStaysAway_CallersHearThatTheOutcomeIsUnknown()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile, new CommitterOptions { StoreTimeout = TimeSpan.FromMilliseconds(100) });
        await owner.ActivateAsync(gallery);
        static void Fail() => throw new IOException("The store is away.");
        owner.Store.AfterCommit = Fail;
        owner.Store.BeforeRetake = Fail;

        RetryException error = await Assert.ThrowsAsync<RetryException>(() => Enrol(owner, gallery, 0));
        Assert.Contains("unknown", error.Message, StringComparison.Ordinal);
        Assert.True(owner.Partition.IsLost);
        owner.Store.AfterCommit = null;
        owner.Store.BeforeRetake = null;
        await owner.ActivateAsync(gallery);
        await ResendAllAsync(owner, gallery);
        await AssertCompleteAsync(owner, gallery);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<EnrolReceipt> Enrol(Owner owner, GalleryRecord gallery, int identity) =>
        owner.Ledger($"p{identity}", gallery).RunAsync(new EnrolOperation(Images.Of(identity, 0)));

    /// <summary>The numbers, from 1, of the answers that acknowledge.</summary>
    private static async Task<List<int>> AcceptedAsync(IEnumerable<Task<EnrolReceipt>> answers)
    {
        List<int> accepted = [];
        foreach ((int index, Task<EnrolReceipt> answer) in answers.Index())
        {
            try
            {
                Assert.Equal(EnrolOutcome.Searchable, (await answer).Outcome);
                accepted.Add(index + 1);
            }
            catch (RetryException)
            {
                // Refused: it will be sent again.
            }
        }

        return accepted;
    }

    private static async Task ResendAllAsync(Owner owner, GalleryRecord gallery)
    {
        for (int i = 0; i <= Behind; i++)
        {
            Assert.Contains(
                (await Enrol(owner, gallery, i)).Outcome,
                (EnrolOutcome[])[EnrolOutcome.Searchable, EnrolOutcome.Duplicate]);
        }
    }

    private static async Task AssertCompleteAsync(Owner owner, GalleryRecord gallery)
    {
        VerificationReport report = await owner.AuditAsync(gallery);
        Assert.Empty(report.Differences);
        Assert.Equal(Behind + 1, report.Images);
        Assert.Equal(Behind + 1, report.Identities);
        PartitionSummary searched = owner.Partition.Describe();
        Assert.Equal(report.Hash, searched.Hash);
        Assert.Equal(Behind + 1, searched.Rows);
        for (int i = 0; i <= Behind; i++)
        {
            Assert.Equal(EnrolOutcome.Duplicate, (await Enrol(owner, gallery, i)).Outcome);
        }
    }
}
