using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Changes that go into the store in one transaction.</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Commit_StoreStaysAwayFromManyPartitions_WaitsOnceForTheWholeGroup()
    {
        const int Partitions = 8;
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, partitions: Partitions);
        TimeSpan timeout = TimeSpan.FromMilliseconds(400);
        using Owner owner = new(DatabaseFile, new CommitterOptions { StoreTimeout = timeout });
        List<LocalPartition> partitions = [];
        for (int i = 0; i < Partitions; i++)
        {
            await owner.ActivateAsync(gallery, i);
            partitions.Add(owner.Partition);
        }

        using ManualResetEventSlim reached = new();
        using ManualResetEventSlim release = new();
        int retakes = 0;
        owner.Store.BeforeCommit = () =>
        {
            reached.Set();
            release.Wait();
            throw new IOException("The store is away.");
        };
        owner.Store.BeforeRetake = () =>
        {
            retakes++;
            throw new IOException("The store is away.");
        };
        Task<CommitReceipt> first = owner.Committer.CommitAsync(partitions[0], BadChange("first"));
        reached.Wait(TestContext.Current.CancellationToken);
        List<Task<CommitReceipt>> rest =
            [.. partitions.Skip(1).Select(partition => owner.Committer.CommitAsync(partition, BadChange("p")))];
        release.Set();

        await Assert.ThrowsAsync<RetryException>(() => first);
        int triesForOne = retakes;
        foreach (Task<CommitReceipt> refused in rest)
        {
            await Assert.ThrowsAsync<RetryException>(() => refused);
        }

        Assert.True(retakes - triesForOne < triesForOne + (2 * Partitions), $"{retakes} tries, {triesForOne} for one.");
        Assert.All(partitions, partition => Assert.True(partition.IsLost));
    }

    [Fact]
    public async Task Commit_OneOfAGroupHasBadData_FailsAlone()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile, partitions: 2);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery, 1);
        LocalPartition other = owner.Partition;
        await owner.ActivateAsync(gallery);
        using ManualResetEventSlim reached = new();
        using ManualResetEventSlim release = new();
        owner.Store.BeforeCommit = () =>
        {
            reached.Set();
            release.Wait();
        };
        Task<EnrolReceipt> first = Enrol(owner, gallery, 0);
        reached.Wait(TestContext.Current.CancellationToken);
        List<Task<EnrolReceipt>> good = [.. Enumerable.Range(1, 3).Select(i => Enrol(owner, gallery, i))];
        Task<CommitReceipt> bad = owner.Committer.CommitAsync(owner.Partition, BadChange("bad"));
        Task<CommitReceipt> badElsewhere = owner.Committer.CommitAsync(other, BadChange("bad too"));
        release.Set();

        Assert.All(
            await Task.WhenAll([first, .. good]), receipt => Assert.Equal(EnrolOutcome.Searchable, receipt.Outcome));
        await Assert.ThrowsAsync<InvalidRequestException>(() => bad);
        await Assert.ThrowsAsync<InvalidRequestException>(() => badElsewhere);
        Assert.Equal(4, (await owner.AuditAsync(gallery)).Images);
        Assert.Equal(0, (await owner.AuditAsync(gallery, 1)).Images);
    }

    public void Dispose() => _folder.Dispose();

    // The store demands a content hash of 32 bytes.
    private static IdentityChange BadChange(string identityId) => new()
    {
        IdentityId = identityId,
        ExpectedVersion = 0,
        AddedImages = [Images.Of(1, 1) with { ContentHash = [1, 2, 3] }],
        RemovedImages = [],
        Facets = [],
        Count = 1,
        Hash = new byte[32],
    };

    private static Task<EnrolReceipt> Enrol(Owner owner, GalleryRecord gallery, int identity) =>
        owner.Ledger($"p{identity}", gallery).RunAsync(new EnrolOperation(Images.Of(identity, 0)));
}
