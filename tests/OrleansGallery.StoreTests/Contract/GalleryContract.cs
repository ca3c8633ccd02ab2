using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Creating, deleting, listing and finding galleries.</summary>
public abstract class GalleryContract : GalleryStoreContract
{
    [Fact]
    public async Task Create_ReadsBackAsWrittenWithEmptyPartitionsOfNobody()
    {
        GalleryRecord asked = Describe("people", partitions: 3) with { Settings = """{"a":"é\"1"}""" };

        GalleryRecord created = (await Store.CreateGalleryAsync(asked, Guid.NewGuid(), Token))!;

        Assert.True(created.Number > 0);
        Assert.Equal(asked with { Number = created.Number }, created);
        Assert.Equal(created, await Store.FindGalleryAsync("people", Token));
        Assert.Equal(created, await Store.FindGalleryAsync(created.Number, Token));
        Assert.Equal(
            Enumerable.Range(0, 3).Select(partition => new PartitionState(
                new(created.Number, partition), Guid.Empty, new PartitionPosition(0, 0, Guid.Empty), default)),
            await Store.ReadPartitionsAsync(created.Number, Token));
    }

    [Fact]
    public async Task Create_Repeated_FindsWhatItMadeAndAnotherTokenIsRefused()
    {
        Guid token = Guid.NewGuid();
        GalleryRecord created = (await Store.CreateGalleryAsync(Describe("people"), token, Token))!;
        IGalleryStore other = await OpenAsync();

        Assert.Equal(created, await other.CreateGalleryAsync(Describe("people"), token, Token));
        Assert.Null(await other.CreateGalleryAsync(Describe("people"), Guid.NewGuid(), Token));

        Assert.Equal([created], await Store.ListGalleriesAsync(Token));
        Assert.Equal(2, (await Store.ReadPartitionsAsync(created.Number, Token)).Count);
    }

    [Fact]
    public async Task Create_AtOnceByMany_OneSucceeds()
    {
        IGalleryStore other = await OpenAsync();

        GalleryRecord?[] created = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            (i % 2 == 0 ? Store : other).CreateGalleryAsync(Describe("people"), Guid.NewGuid(), Token)));

        Assert.Equal([Assert.Single(created, gallery => gallery is not null)!], await Store.ListGalleriesAsync(Token));
    }

    [Fact]
    public async Task Create_AsManyPartitionsAsThereMayBe_HasThemAll()
    {
        GalleryRecord created = await CreateAsync("people", partitions: 4096);

        Assert.Equal(
            Enumerable.Range(0, 4096),
            (await Store.ReadPartitionsAsync(created.Number, Token)).Select(state => state.Key.Partition));
    }

    [Fact]
    public async Task List_NamesOfManyAlphabets_IsInTheOrderOfUtf8Bytes()
    {
        string[] names = ["z", "é", "Z", "a", "\uFFFD", "\U00010000", "\uE000", "ab", "a-b", "A"];
        foreach (string name in names)
        {
            await CreateAsync(name);
        }

        Assert.Equal(
            names.Order(Utf8Order.Instance), (await Store.ListGalleriesAsync(Token)).Select(gallery => gallery.Name));
        Assert.Equal("A", (await Store.FindGalleryAsync("A", Token))!.Name);
        Assert.Null(await Store.FindGalleryAsync("E", Token));
    }

    [Fact]
    public async Task Delete_Repeated_HearsTheSameAndAnotherTokenHearsThatThereIsNone()
    {
        long number = (await CreateAsync()).Number;
        Guid token = Guid.NewGuid();
        IGalleryStore other = await OpenAsync();

        Assert.True(await Store.DeleteGalleryAsync(number, token, Token));
        Assert.True(await other.DeleteGalleryAsync(number, token, Token));
        Assert.False(await other.DeleteGalleryAsync(number, Guid.NewGuid(), Token));
        Assert.False(await other.DeleteGalleryAsync(number + 1, token, Token));

        await PurgeAllAsync();
        Assert.True(await Store.DeleteGalleryAsync(number, token, Token));
        Assert.Empty(await Store.ListGalleriesAsync(Token));
    }

    [Fact]
    public async Task Delete_WithAnOwner_FencesItOffAndNothingIsLeftAfterPurging()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", "1", "2", "3"), IdentityChange.Add("b", "1"), IdentityChange.Add("c", "1"));
        await partition.CommitAsync(Store, IdentityChange.Delete("b"));
        (long gallery, _) = partition.Key;

        Assert.True(await Store.DeleteGalleryAsync(gallery, Guid.NewGuid(), Token));

        Assert.Null(await Store.FindGalleryAsync("people", Token));
        Assert.Null(await Store.FindGalleryAsync(gallery, Token));
        Assert.Empty(await Store.ReadPartitionsAsync(gallery, Token));
        Assert.Null(await Store.ReadPartitionAsync(partition.Key, Token));
        Assert.Null(await Store.TakePartitionAsync(partition.Key, Guid.NewGuid(), Token));
        Assert.Null(await Store.RetakePartitionAsync(partition.Held, Token));
        Assert.False(await Store.ReleasePartitionAsync(partition.Held, Token));
        Assert.Equal([null], await Store.ConfirmOwnersAsync([partition.Held], Token));
        Assert.False(await partition.CommitAsync(Store, IdentityChange.Add("d", "1")));
        await PurgeAllAsync(rows: 2);
        await AssertNothingIsLeftAsync(partition.Key);
    }

    [Fact]
    public async Task Delete_AndCreateAnew_NeverReusesTheNumber()
    {
        OwnedPartition old = await CreateAndTakeAsync();
        await old.CommitAsync(Store, IdentityChange.Add("a", "1"));
        await Store.DeleteGalleryAsync(old.Key.Gallery, Guid.NewGuid(), Token);
        IGalleryStore other = await OpenAsync();

        GalleryRecord anew = (await other.CreateGalleryAsync(
            Describe("people", partitions: 1), Guid.NewGuid(), Token))!;

        Assert.True(anew.Number > old.Key.Gallery);
        Assert.Empty(await Store.ListIdentitiesAsync(anew.Number, null, 10, Token));
        OwnedPartition partition = await OwnedPartition.TakeAsync(Store, new(anew.Number, 0), Token);
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));
        await PurgeAllAsync();
        await AssertStoredAsync(partition);
    }

    private async Task AssertNothingIsLeftAsync(PartitionKey key)
    {
        Assert.Empty(await Store.ListIdentitiesAsync(key.Gallery, null, 10, Token));
        await Store.ReadRowsAsync(key, 0, _ => Assert.Fail("A row is left."), Token);
        foreach (string id in (string[])["a", "b", "c", "d"])
        {
            Assert.Null(await Store.ReadIdentityAsync(key, id, Token));
            Assert.Null(await Store.ReadImageAsync(key, id, "1", Token));
            Assert.Empty(await Store.ReadImagesAsync(key, id, null, 10, withEmbeddings: false, Token));
        }
    }
}
