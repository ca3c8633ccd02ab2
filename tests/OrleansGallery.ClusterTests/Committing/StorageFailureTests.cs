using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A store that takes no writes: callers hear it at once, searches go on, and nothing needs a
/// restart.</summary>
public sealed class StorageFailureTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly IOException Cause = new("The driver's words.");

    private static readonly Dictionary<string, StoreAwayException> Failures = new()
    {
        ["full"] = new StoreAwayException(StoreAwayReason.Full, "Full.", Cause),
        ["unavailable"] = new StoreAwayException(StoreAwayReason.Failing, "Away.", Cause),
        ["damaged"] = new StoreAwayException(StoreAwayReason.Damaged, "Damaged.", Cause),
    };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Theory]
    [InlineData("full", typeof(StorageFullException))]
    [InlineData("unavailable", typeof(StorageUnavailableException))]
    [InlineData("damaged", typeof(StorageDamagedException))]
    public async Task Commit_NoWritesTaken_IsRefusedAtOnceAndGoesOnAfterwards(string failure, Type expected)
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        await Enrol(owner, gallery, 0);
        PartitionSummary before = owner.Partition.Describe();
        owner.Store.BeforeWrite = () => throw Failures[failure];

        Task<EnrolReceipt>[] refused = [.. Enumerable.Range(1, 8).Select(i => Enrol(owner, gallery, i))];
        foreach (Task<EnrolReceipt> one in refused)
        {
            Assert.IsType(expected, await Assert.ThrowsAnyAsync<StorageException>(() => one.WaitAsync(Soon, Token)));
        }

        Assert.IsType(expected, owner.Health.Failure);
        Assert.False(owner.Partition.IsLost);
        Assert.Equal(before, owner.Partition.Describe());
        Assert.Equal(EnrolOutcome.Duplicate, (await Enrol(owner, gallery, 0)).Outcome);

        owner.Store.BeforeWrite = null;
        for (int i = 1; i < 9; i++)
        {
            Assert.Equal(EnrolOutcome.Searchable, (await Enrol(owner, gallery, i)).Outcome);
        }

        Assert.Null(owner.Health.Failure);
        Assert.Equal(before.Epoch, owner.Partition.Held.Epoch);
        await AssertCompleteAsync(owner, gallery, 9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_FailsWithUnknownOutcomeAndNothingCanBeWritten_IsFoundOutByLoadingAnew(bool happened)
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile, new CommitterOptions { StoreTimeout = TimeSpan.FromHours(1) });
        await owner.ActivateAsync(gallery);
        long epoch = owner.Partition.Held.Epoch;
        void Fail() => throw new StoreAwayException(
            StoreAwayReason.Failing, "Away.", Cause) { IsOutcomeUnknown = true };
        owner.Store.BeforeCommit = happened ? null : Fail;
        owner.Store.AfterCommit = happened ? Fail : null;
        owner.Store.BeforeRetake = Fail;

        RetryException error = await Assert.ThrowsAsync<RetryException>(
            () => Enrol(owner, gallery, 0).WaitAsync(Soon, Token));
        Assert.Contains("unknown", error.Message, StringComparison.Ordinal);
        Assert.True(owner.Partition.IsLost);
        owner.Store.BeforeCommit = owner.Store.AfterCommit = owner.Store.BeforeRetake = null;
        owner.Store.BeforeWrite = () => throw Failures["unavailable"];
        await owner.ActivateAsync(gallery);

        Assert.False(owner.Partition.IsTaken);
        Assert.Equal(happened ? 1 : 0, owner.Partition.Describe().Rows);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Enrol(owner, gallery, 1).WaitAsync(Soon, Token));
        owner.Store.BeforeWrite = null;
        Assert.Equal(
            happened ? EnrolOutcome.Duplicate : EnrolOutcome.Searchable, (await Enrol(owner, gallery, 0)).Outcome);
        await Enrol(owner, gallery, 1);
        Assert.True(owner.Partition.IsTaken);
        Assert.Equal(epoch + 1, owner.Partition.Held.Epoch);
        await AssertCompleteAsync(owner, gallery, 2);
    }

    [Fact]
    public async Task Commit_PartitionLoadedWithoutBeingTakenAndAnotherCommitted_IsLostAndNothingIsCountedTwice()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile);
        using Owner second = new(DatabaseFile);
        await first.ActivateAsync(gallery);
        second.Store.BeforeWrite = () => throw Failures["full"];
        await second.ActivateAsync(gallery);
        await Enrol(first, gallery, 0);
        second.Store.BeforeWrite = null;

        await Assert.ThrowsAsync<RetryException>(() => Enrol(second, gallery, 1));

        Assert.True(second.Partition.IsLost);
        await second.ActivateAsync(gallery);
        await Enrol(second, gallery, 1);
        await AssertCompleteAsync(second, gallery, 2);
    }

    [Fact]
    public async Task Load_NotTakenAndACommitComesInBetween_IsRefused()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile);
        using Owner second = new(DatabaseFile);
        await first.ActivateAsync(gallery);
        second.Store.BeforeWrite = () => throw Failures["full"];
        second.Store.BeforeRead = _ => Enrol(first, gallery, 0).GetAwaiter().GetResult();

        await Assert.ThrowsAsync<RetryException>(() => second.ActivateAsync(gallery));
    }

    [Fact]
    public async Task Probe_StoreIsWellAgainAndNobodyWrites_SaysSoAndGoesOnPurging()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile, new CommitterOptions { ProbeInterval = TimeSpan.FromMilliseconds(10) });
        await owner.ActivateAsync(gallery);
        await Enrol(owner, gallery, 0);
        await owner.Store.DeleteGalleryAsync(gallery.Number, Guid.NewGuid(), Token);
        owner.Store.BeforeWrite = () => throw Failures["full"];
        owner.Upkeep.Start();
        Assert.True(SpinWait.SpinUntil(() => owner.Health.Failure is not null, Soon));

        owner.Store.BeforeWrite = null;

        Assert.True(SpinWait.SpinUntil(() => owner.Health.Failure is null, Soon));
        Assert.True(SpinWait.SpinUntil(() => ReadIdentity(owner) is null, Soon));
    }

    [Fact]
    public async Task Commit_AfterAFailureOfAFencedPartition_DoesNotSayThatTheStoreIsWell()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile, new CommitterOptions { ProbeInterval = TimeSpan.FromHours(1) });
        using Owner second = new(DatabaseFile);
        await first.ActivateAsync(gallery);
        await second.ActivateAsync(gallery);
        first.Store.BeforeWrite = () => throw Failures["full"];
        await Assert.ThrowsAsync<StorageFullException>(() => Enrol(first, gallery, 0));
        first.Store.BeforeWrite = null;

        await Assert.ThrowsAsync<RetryException>(() => Enrol(first, gallery, 0));

        Assert.True(first.Partition.IsLost);
        Assert.IsType<StorageFullException>(first.Health.Failure);
    }

    [Fact]
    public async Task Run_CreateAndDelete_HearWhyAndChangeNothing()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        owner.Store.BeforeWrite = () => throw Failures["full"];

        await Assert.ThrowsAsync<StorageFullException>(
            () => owner.Writes.RunAsync(store => store.CreateGalleryAsync(
                gallery with { Name = "others" }, Guid.NewGuid(), Token)));
        await Assert.ThrowsAsync<StorageFullException>(
            () => owner.Writes.RunAsync(
                store => store.DeleteGalleryAsync(gallery.Number, Guid.NewGuid(), Token)));

        Assert.Equal("people", Assert.Single(await owner.Store.ListGalleriesAsync(Token)).Name);
    }

    public void Dispose() => _folder.Dispose();

    private static StoredIdentity? ReadIdentity(Owner owner) =>
        owner.Store.ReadIdentityAsync(owner.Partition.Key, "p0", CancellationToken.None).GetAwaiter().GetResult();

    private static Task<EnrolReceipt> Enrol(Owner owner, GalleryRecord gallery, int identity) =>
        owner.Ledger($"p{identity}", gallery).RunAsync(new EnrolOperation(Images.Of(identity, 0)));

    private static async Task AssertCompleteAsync(Owner owner, GalleryRecord gallery, int images)
    {
        VerificationReport report = await owner.AuditAsync(gallery);
        Assert.Empty(report.Differences);
        Assert.Equal(images, report.Images);
        Assert.Equal(report.Hash, owner.Partition.Describe().Hash);
        Assert.Equal(images, owner.Partition.Describe().Rows);
    }
}
