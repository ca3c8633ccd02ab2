using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Deleting identities, their next lives, what is noted of it, and purging.</summary>
public abstract class RemovalContract : GalleryStoreContract
{
    [Fact]
    public async Task Delete_AnIdentity_IsGoneByEveryRead()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "2"), IdentityChange.Add("b", "1"));

        await partition.CommitAsync(Store, IdentityChange.Delete("a"));

        Assert.Null(await Store.ReadIdentityAsync(partition.Key, "a", Token));
        Assert.Null(await Store.ReadImageAsync(partition.Key, "a", "1", Token));
        Assert.Empty(await Store.ReadImagesAsync(partition.Key, "a", null, 10, withEmbeddings: true, Token));
        await AssertStoredAsync(partition);
        Assert.Equal(
            [new StoredRemoval(2, StoredRemoval.DigestOf("a"))],
            await Store.ReadRemovalsAsync(partition.Key, 0, Token));
        await PurgeAllAsync();
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Remove_TheLastImage_IsARemovalOfTheIdentity()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));

        await partition.CommitAsync(Store, IdentityChange.Remove("a", "1"));

        Assert.Single((await Store.ReadRemovalsAsync(partition.Key, 1, Token))!);
        Assert.Null(await Store.ReadImageAsync(partition.Key, "a", "1", Token));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Rows_SayWhenThePresentLifeOfAnIdentityBegan()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"), IdentityChange.Add("b", "1"));
        await partition.CommitAsync(Store, IdentityChange.Add("a", "2"));
        await partition.CommitAsync(Store, IdentityChange.Delete("b"));
        await partition.CommitAsync(Store, IdentityChange.Add("b", "2"));

        List<(string, long, long)> rows = [];
        await Store.ReadRowsAsync(
            partition.Key, 0, row => rows.Add((row.IdentityId, row.Born, row.Version)), Token);

        Assert.Equal([("a", 1, 2), ("b", 4, 4)], rows.Order());
    }

    [Fact]
    public async Task Add_WhileOldImagesWaitToBePurged_OnlyTheNewOnesAreSeenAndStay()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "2", "3", "4", "5"));
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));

        Assert.True(await partition.CommitAsync(
            Store, IdentityChange.Add("a", TestImages.Of("a", "2", "c1", edition: 1), TestImages.Of("a", "6"))));

        await AssertStoredAsync(partition);
        await AssertRefusedAsync(partition, "2");
        Assert.True(await partition.CommitAsync(Store, IdentityChange.Add("a", "3")));
        Assert.True(await partition.CommitAsync(Store, IdentityChange.Remove("a", "6")));
        await AssertStoredAsync(partition);
        Assert.True(await PurgeAllAsync(rows: 2) > 1);
        await AssertStoredAsync(partition);
        await AssertRefusedAsync(partition, "3");
        Assert.True(await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "4")));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Delete_AgainWhilePurgingIsUnderWay_LeavesNothingBehind()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        for (int life = 0; life < 4; life++)
        {
            await partition.CommitAsync(
                Store, IdentityChange.Add("a", Enumerable.Range(0, 9).Select(i => $"{i * (life + 1)}")));
            await partition.CommitAsync(Store, IdentityChange.Delete("a"));
            Assert.True(await Store.PurgeAsync(2, Token));
        }

        await partition.CommitAsync(Store, IdentityChange.Add("a", "27", "1"));
        await PurgeAllAsync(rows: 2);
        await AssertStoredAsync(partition);
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));
        await PurgeAllAsync(rows: 2);
        await AssertStoredAsync(partition);
        Assert.Equal(5, (await Store.ReadRemovalsAsync(partition.Key, 0, Token))!.Count);
    }

    [Fact]
    public async Task Delete_AnIdentityOfManyImages_LeavesThemToThePurge()
    {
        const int Images = 20_000;
        OwnedPartition partition = await CreateAndTakeAsync();
        for (int first = 0; first < Images; first += 4000)
        {
            await partition.CommitAsync(
                Store, IdentityChange.Add("a", Enumerable.Range(first, 4000).Select(i => $"{i:D5}")));
        }

        await partition.CommitAsync(Store, IdentityChange.Delete("a"));
        await partition.CommitAsync(Store, IdentityChange.Add("a", "00007"));
        await AssertStoredAsync(partition);
        Assert.True(await PurgeAllAsync(rows: 1000) >= Images / 1000);
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Purge_BesideCommits_DisturbsNone()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        IGalleryStore other = await OpenAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", Enumerable.Range(0, 300).Select(i => $"{i}")));
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));
        Task purging = Task.Run(
            async () =>
            {
                while (await other.PurgeAsync(3, Token))
                {
                }
            },
            Token);

        for (int i = 0; i < 40; i++)
        {
            Assert.True(await partition.CommitAsync(
                Store, IdentityChange.Add("a", $"{i}"), IdentityChange.Delete("b")));
            Assert.True(await partition.CommitAsync(Store, IdentityChange.Add("b", $"{i}")));
        }

        await purging;
        await PurgeAllAsync(rows: 7);
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Purge_NothingToDo_SaysSo() => Assert.Equal(0, await PurgeAllAsync());

    [Fact]
    public async Task ReadRemovals_AfterASequence_HasThoseThatCameLater()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", "1"), IdentityChange.Add("b", "1"), IdentityChange.Add("c", "1"));
        await partition.CommitAsync(Store, IdentityChange.Delete("a"), IdentityChange.Delete("b"));
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));

        Assert.Equal([2, 2, 4], await VersionsAsync(0));
        Assert.Equal([2, 2, 4], await VersionsAsync(1));
        Assert.Equal([4], await VersionsAsync(2));
        Assert.Equal([4], await VersionsAsync(3));
        Assert.Equal([], await VersionsAsync(4));
        Assert.Null(await Store.ReadRemovalsAsync(new(partition.Key.Gallery + 1, 0), 0, Token));

        async Task<IEnumerable<long>> VersionsAsync(long after) =>
            (await Store.ReadRemovalsAsync(partition.Key, after, Token))!.Select(removal => removal.Version).Order();
    }

    [Fact]
    public async Task Delete_IdentitiesThatWereNeverThere_AreNoRemovals()
    {
        const int Kept = 10_000;
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));

        for (int first = 0; first <= Kept; first += 1000)
        {
            await partition.CommitAsync(
                Store, [.. Enumerable.Range(first, 1000).Select(i => IdentityChange.Delete($"{i}"))]);
        }

        Assert.Equal(1, await PurgeAllAsync(rows: 100));
        Assert.Single((await Store.ReadRemovalsAsync(partition.Key, 0, Token))!);
    }

    [Fact]
    public async Task Purge_MoreRemovalsThanAreKept_SaysFromWhereTheyAreComplete()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        for (int i = 0; i < 14; i++)
        {
            string[] ids = [.. Enumerable.Range(0, 1000).Select(id => $"{i}-{id}")];
            await partition.CommitAsync(Store, [.. ids.Select(id => IdentityChange.Add(id, "1"))]);
            await partition.CommitAsync(Store, [.. ids.Select(IdentityChange.Delete)]);
        }

        Assert.Equal(14_000, (await Store.ReadRemovalsAsync(partition.Key, 0, Token))!.Count);
        await PurgeAllAsync(rows: 700);

        Assert.Null(await Store.ReadRemovalsAsync(partition.Key, 0, Token));
        long floor = 0;
        while (await Store.ReadRemovalsAsync(partition.Key, floor, Token) is null)
        {
            floor++;
        }

        IReadOnlyList<StoredRemoval> kept = (await Store.ReadRemovalsAsync(partition.Key, floor, Token))!;
        Assert.Equal(
            partition.Removals.Where(removal => removal.Version > floor).Order(RemovalOrder),
            kept.Order(RemovalOrder));
        Assert.InRange(kept.Count, 9_000, 13_000);
        await AssertStoredAsync(partition);
    }

    private static Comparer<StoredRemoval> RemovalOrder => Comparer<StoredRemoval>.Create(
        (x, y) => (x.Version, x.Digest).CompareTo((y.Version, y.Digest)));

    private async Task AssertRefusedAsync(OwnedPartition partition, string imageId) =>
        await Assert.ThrowsAsync<StoreDataException>(
            () => Store.CommitAsync([partition.Write(IdentityChange.Add("a", imageId))]));
}
