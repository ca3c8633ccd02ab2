using System.Security.Cryptography;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What is kept of images to be looked at: written with them, gone with them, never copied.</summary>
public abstract class PictureContract : GalleryStoreContract
{
    private static readonly string A = TestIds.In(0, 2, "a");
    private static readonly string B = TestIds.In(1, 2, "b");

    [Fact]
    public async Task ReadPicture_ByKind_GivesTheFileAndItsHash()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage both = Image("a", "both", withOriginal: true);
        StoredImage small = Image("a", "small", withOriginal: false);
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", both, small, TestImages.Of("a", "none") with { Picture = null }));

        PictureFile? thumbnail = await ReadAsync(partition, "a", "both", PictureKind.Thumbnail);
        PictureFile? original = await ReadAsync(partition, "a", "both", PictureKind.Original);

        Assert.Equal(both.Picture!.Thumbnail, thumbnail!.Bytes);
        Assert.Equal(SHA256.HashData(both.Picture.Thumbnail), thumbnail.Hash);
        Assert.Equal(both.Picture.Original, original!.Bytes);
        Assert.Equal(both.ContentHash, original.Hash);
        Assert.Equal(
            small.Picture!.Thumbnail, (await ReadAsync(partition, "a", "small", PictureKind.Thumbnail))!.Bytes);
        foreach (string image in (string[])["small", "none", "no image"])
        {
            Assert.Null(await ReadAsync(partition, "a", image, PictureKind.Original));
        }

        Assert.Null(await ReadAsync(partition, "a", "none", PictureKind.Thumbnail));
        Assert.Null(await ReadAsync(partition, "b", "both", PictureKind.Thumbnail));
        Assert.Equal(both.Picture.Bytes + small.Picture.Bytes, await SizeAsync(partition));
    }

    [Fact]
    public async Task Commit_AnImageRemovedOrReplaced_ItsPictureIsGoneAtOnce()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage second = Image("a", "1", withOriginal: false, edition: 2);
        StoredImage third = Image("a", "1", withOriginal: true, edition: 3);
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", Image("a", "1", withOriginal: true), Image("a", "2", withOriginal: true)));

        await partition.CommitAsync(Store, IdentityChange.Remove("a", "2"));
        await partition.CommitAsync(Store, new IdentityChange("a", ["1"], [second]));
        Assert.Equal(second.Picture!.Bytes, await SizeAsync(partition));
        await AssertStoredAsync(partition);
        await partition.CommitAsync(Store, new IdentityChange("a", ["1"], [third]));

        Assert.Equal(third.Picture!.Bytes, await SizeAsync(partition));
        await AssertStoredAsync(partition);
        await partition.CommitAsync(Store, new IdentityChange("a", ["1"], [third with { Picture = null }]));
        Assert.Equal(0, await SizeAsync(partition));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Purge_ADeletedIdentity_TakesItsPicturesAndLeavesThoseOfItsNextLife()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage again = Image("a", "3", withOriginal: true, edition: 2);
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", Enumerable.Range(0, 9).Select(i => Image("a", $"{i}", i % 2 == 0))));
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));
        Assert.Null(await ReadAsync(partition, "a", "3", PictureKind.Thumbnail));

        await partition.CommitAsync(Store, IdentityChange.Add("a", again));
        await PurgeAllAsync(2);

        await AssertStoredAsync(partition);
        Assert.Equal(again.Picture!.Bytes, await SizeAsync(partition));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CommitJoint_ImagesWithPictures_TakeThemAlong(bool all)
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(2);
        (OwnedPartition one, OwnedPartition two) = (partitions[0], partitions[1]);
        StoredImage first = Image(A, "1", withOriginal: true);
        StoredImage second = Image(A, "2", withOriginal: false);
        await one.CommitAsync(Store, IdentityChange.Add(A, first, second));
        long size = await SizeAsync(one);

        Assert.True(await new ModelTransfer(one, A, two, B, all ? null : ["1"]).CommitAsync(Store));
        await PurgeAllAsync();

        await AssertStoredAsync(one);
        await AssertStoredAsync(two);
        Assert.Equal(size, await SizeAsync(one));
        Assert.Null(await ReadAsync(one, A, "1", PictureKind.Original));
        Assert.Equal(first.Picture!.Original, (await ReadAsync(two, B, "1", PictureKind.Original))!.Bytes);
        await two.CommitAsync(Store, IdentityChange.Delete(B));
        await PurgeAllAsync();
        Assert.Equal(all ? 0 : second.Picture!.Bytes, await SizeAsync(one));
    }

    [Fact]
    public async Task Purge_ADeletedGallery_TakesItsPicturesAlone()
    {
        OwnedPartition doomed = await CreateAndTakeAsync("doomed");
        OwnedPartition kept = await CreateAndTakeAsync("kept");
        StoredImage image = Image("a", "1", withOriginal: true);
        await doomed.CommitAsync(Store, IdentityChange.Add("a", image), IdentityChange.Add("b", image));
        await kept.CommitAsync(Store, IdentityChange.Add("a", image));

        await Store.DeleteGalleryAsync(doomed.Key.Gallery, Guid.NewGuid(), Token);
        await PurgeAllAsync(1);

        Assert.Equal(0, await SizeAsync(doomed));
        Assert.Equal(image.Picture!.Bytes, await SizeAsync(kept));
    }

    [Fact]
    public async Task Commit_ThatIsRefused_LeavesNoPicture()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage image = Image("a", "1", withOriginal: true);
        PartitionWrite write = partition.Write(IdentityChange.Add("a", image));

        Assert.False((await Store.CommitAsync([write with { Sequence = write.Sequence + 1 }]))[0]);
        await Assert.ThrowsAsync<StoreDataException>(() => Store.CommitAsync([Spoil(write, image)]));

        Assert.Equal(0, await SizeAsync(partition));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Commit_AnOriginalOfMegabytes_ReadsBack()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        byte[] original = new byte[3 * 1024 * 1024];
        new Random(5).NextBytes(original);
        await partition.CommitAsync(Store, IdentityChange.Add(
            "a", TestImages.Of("a", "1") with { Picture = StoredPicture.Of([1, 2], original) }));

        Assert.Equal(original, (await ReadAsync(partition, "a", "1", PictureKind.Original))!.Bytes);
        Assert.Equal([1, 2], (await ReadAsync(partition, "a", "1", PictureKind.Thumbnail))!.Bytes);
    }

    [Fact]
    public async Task Audit_APictureThatIsMissing_ShowsIt()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", Image("a", "1", withOriginal: true)));
        await SpoilPicturesAsync("DELETE FROM {0}");
        Audit audit = new();

        await Store.AuditPartitionAsync(partition.Key, audit, Token);

        StoredImage image = Assert.Single(audit.Images);
        Assert.True(image.HasPicture);
        Assert.Null(image.Picture);
    }

    private static StoredImage Image(string identity, string image, bool withOriginal, int edition = 0) =>
        TestImages.Of(identity, image, edition: edition) with
        {
            Picture = TestImages.PictureOf(image.Length + (edition * 10), withOriginal),
        };

    private static PartitionWrite Spoil(PartitionWrite write, StoredImage image) => write with
    {
        Identities =
        [
            write.Identities[0] with
            {
                AddedImages = [image with { Picture = image.Picture! with { ThumbnailHash = [1] } }],
            },
        ],
    };

    private Task<PictureFile?> ReadAsync(OwnedPartition partition, string identity, string image, PictureKind kind) =>
        Store.ReadPictureAsync(partition.Key, identity, image, kind, Token);

    private Task<long> SizeAsync(OwnedPartition partition) =>
        Store.ReadPictureBytesAsync(partition.Key.Gallery, Token);

    private sealed class Audit : IPartitionAudit
    {
        public List<StoredImage> Images { get; } = [];

        public void OnPartition(PartitionState state)
        {
        }

        public void OnIdentity(StoredRow row, IReadOnlyList<StoredFacet> facets)
        {
        }

        public void OnImage(string identityId, StoredImage image) => Images.Add(image);
    }
}
