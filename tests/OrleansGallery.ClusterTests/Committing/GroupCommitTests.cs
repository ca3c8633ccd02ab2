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

        using Hold hold = new();
        int retakes = 0;
        owner.Store.BeforeCommit = () =>
        {
            hold.Enter();
            throw new IOException("The store is away.");
        };
        owner.Store.BeforeRetake = () =>
        {
            retakes++;
            throw new IOException("The store is away.");
        };
        Task<CommitReceipt> first = owner.Committer.CommitAsync(partitions[0], BadChange("first"));
        hold.WaitUntilReached();
        List<Task<CommitReceipt>> rest =
            [.. partitions.Skip(1).Select(partition => owner.Committer.CommitAsync(partition, BadChange("p")))];
        hold.Release();

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
        using Hold hold = new();
        owner.Store.BeforeCommit = hold.Enter;
        Task<EnrolReceipt> first = Enrol(owner, gallery, 0);
        hold.WaitUntilReached();
        List<Task<EnrolReceipt>> good = [.. Enumerable.Range(1, 3).Select(i => Enrol(owner, gallery, i))];
        Task<CommitReceipt> bad = owner.Committer.CommitAsync(owner.Partition, BadChange("bad"));
        Task<CommitReceipt> badElsewhere = owner.Committer.CommitAsync(other, BadChange("bad too"));
        hold.Release();

        Assert.All(
            await Task.WhenAll([first, .. good]), receipt => Assert.Equal(EnrolOutcome.Searchable, receipt.Outcome));
        await Assert.ThrowsAsync<InvalidRequestException>(() => bad);
        await Assert.ThrowsAsync<InvalidRequestException>(() => badElsewhere);
        Assert.Equal(4, (await owner.AuditAsync(gallery)).Images);
        Assert.Equal(0, (await owner.AuditAsync(gallery, 1)).Images);
    }

    [Fact]
    public async Task Commit_OneOfAThousandHasBadData_CostsAFewCommitsAndFailsAlone()
    {
        const int Group = 1000;
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        using Hold hold = new();
        owner.Store.BeforeCommit = hold.Enter;
        Task<CommitReceipt> first = owner.Committer.CommitAsync(owner.Partition, Changes.Of("first", 1));
        hold.WaitUntilReached();
        List<Task<CommitReceipt>> good =
            [.. Enumerable.Range(0, Group).Select(i => owner.Committer.CommitAsync(owner.Partition, Good(i)))];
        Task<CommitReceipt> bad = owner.Committer.CommitAsync(owner.Partition, BadChange("bad"));
        hold.Release();

        await Task.WhenAll([first, .. good]);
        await Assert.ThrowsAsync<InvalidRequestException>(() => bad);

        // One alone, one refused, then two per halving.
        Assert.InRange(owner.Store.GroupSizes.Count, 3, 2 + (2 * 11));
        Assert.Equal(Group + 1, owner.Partition.Describe().Images);
        VerificationReport report = await owner.AuditAsync(gallery);
        Assert.Empty(report.Differences);
        Assert.Equal(report.Hash, owner.Partition.Describe().Hash);

        static IdentityChange Good(int i) => Changes.Of($"p{i}", i);
    }

    public static TheoryData<string> UnsearchableRows => ["dimension", "not unit", "hash", "count"];

    [Theory]
    [MemberData(nameof(UnsearchableRows))]
    public async Task Commit_ARowThatCannotBePublished_FailsAloneAndNothingOfItIsWritten(string fault)
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        IdentityChange good = Changes.Of("bad", 9);
        IdentityChange bad = fault switch
        {
            "dimension" => good with { Centroid = VectorBytes.From([1f, 0f]) },
            "not unit" => good with { Centroid = VectorBytes.From([.. Enumerable.Repeat(1f, 16)]) },
            "hash" => good with { Hash = [1, 2, 3] },
            _ => good with { Count = (1 << 20) + 1 },
        };
        using Hold hold = new();
        owner.Store.BeforeCommit = hold.Enter;
        Task<CommitReceipt> first = owner.Committer.CommitAsync(owner.Partition, Changes.Of("first", 1));
        hold.WaitUntilReached();
        Task<CommitReceipt> before = owner.Committer.CommitAsync(owner.Partition, Changes.Of("a", 2));
        Task<CommitReceipt> refused = owner.Committer.CommitAsync(owner.Partition, bad);
        Task<CommitReceipt> after = owner.Committer.CommitAsync(owner.Partition, Changes.Of("b", 3));
        hold.Release();

        await Task.WhenAll(first, before, after);
        InvalidRequestException error = await Assert.ThrowsAsync<InvalidRequestException>(() => refused);

        Assert.Contains("'bad'", error.Message, StringComparison.Ordinal);
        Assert.False(owner.Partition.IsLost);
        Assert.Equal(3, (await owner.AuditAsync(gallery)).Images);
        Assert.Empty((await owner.AuditAsync(gallery)).Differences);
        await owner.Committer.CommitAsync(owner.Partition, good);
    }

    [Fact]
    public async Task Commit_TheQueueIsFull_IsOverloadedAtOnceAndTheRestGoesOn()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile, new CommitterOptions { MaxQueuedChanges = 4 });
        await owner.ActivateAsync(gallery);
        using Hold hold = new();
        owner.Store.BeforeCommit = hold.Enter;
        Task<CommitReceipt> first = owner.Committer.CommitAsync(owner.Partition, Changes.Of("first", 1));
        hold.WaitUntilReached();
        Task<CommitReceipt>[] waiting =
        [
            .. Enumerable.Range(0, 3)
                .Select(i => owner.Committer.CommitAsync(owner.Partition, Changes.Of($"p{i}", i))),
        ];

        OverloadedException error = await Assert.ThrowsAsync<OverloadedException>(
            () => owner.Committer.CommitAsync(owner.Partition, Changes.Of("late", 9)));
        hold.Release();

        Assert.Contains("Committer:MaxQueuedChanges", error.Message, StringComparison.Ordinal);
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal(4, owner.Partition.Describe().Images);
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
