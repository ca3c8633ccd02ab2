using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Erasures: what they take is gone from every read and every table, and is refused when it comes back.
/// </summary>
public abstract class ErasureContract : GalleryStoreContract
{
    private static DateTimeOffset Past { get; } = DateTimeOffset.UtcNow.AddMinutes(-1);

    [Fact]
    public async Task CommitErasure_AnIdentity_IsGoneAndThePurgeOfItLeavesNothing()
    {
        OwnedPartition partition = await FillAsync();

        Assert.True(await new ModelErasure(partition, "a").CommitAsync(Store));

        await AssertStoredAsync(partition);
        Assert.Null(await Store.ReadIdentityAsync(partition.Key, "a", Token));
        await PurgeAsync(partition, "a");
        await AssertStoredAsync(partition);
        foreach (string table in (string[])["images", "pictures", "facet_sums", "identities"])
        {
            Assert.Equal(1, await CountAsync(table));
        }

        Assert.Equal(0, await PurgeAllAsync());
        StoredOperation noted = (await Store.ReadOperationAsync(partition.Key.Gallery, "op", Token))!;
        Assert.Equivalent(ModelTransfer.Operation("op"), noted, strict: true);
    }

    [Fact]
    public async Task CommitErasure_AnImage_TheOthersAndTheirSumsStay()
    {
        OwnedPartition partition = await FillAsync();

        Assert.True(await new ModelErasure(partition, "a", "2").CommitAsync(Store, "op", ModelErasure.Late));

        await AssertStoredAsync(partition);
        Assert.Null(await Store.ReadPictureAsync(partition.Key, "a", "2", PictureKind.Thumbnail, Token));
        Assert.False(await Store.PurgeIdentityAsync(partition.Key, "a", 10, Token));
        await AssertRefusedAsync(partition, IdentityChange.Add("b", Pictured("a", "2")));
        Assert.True(await partition.CommitAsync(Store, IdentityChange.Add("b", Renamed("a", "3"))));
        Assert.True(await new ModelErasure(partition, "b", "1").CommitAsync(Store, "next"));
        Assert.True(await new ModelErasure(partition, "b", "new").CommitAsync(Store, "last"));
        Assert.False(partition.Identities.ContainsKey("b"));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task CommitErasure_PurgesOfEarlierLives_GoToo()
    {
        OwnedPartition partition = await FillAsync();
        await partition.CommitAsync(Store, IdentityChange.Delete("a"));
        await partition.CommitAsync(Store, IdentityChange.Add("a", "2", "9"));

        Assert.True(await new ModelErasure(partition, "a").CommitAsync(Store));
        await PurgeAsync(partition, "a");

        Assert.Equal(0, await PurgeAllAsync());
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Commit_ErasedContent_IsRefusedInEveryPartitionAndByEveryHandleUntilItExpires()
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(2);
        (string one, string other) = (TestIds.In(0, 2, "a"), TestIds.In(1, 2, "b"));
        await partitions[0].CommitAsync(Store, IdentityChange.Add(one, "1", "2", "3"));
        Assert.True(await new ModelErasure(partitions[0], one, "1").CommitAsync(Store, "old", Past));
        Assert.True(await new ModelErasure(partitions[0], one).CommitAsync(Store, "op", ModelErasure.Late));
        IGalleryStore again = await OpenAsync();

        await AssertRefusedAsync(partitions[0], IdentityChange.Add(one, "4", "2"), again);
        await AssertRefusedAsync(
            partitions[1], IdentityChange.Add(other, TestImages.Of(one, "3") with { ImageId = "x" }), again);

        byte[][] asked = [.. "1234".Select(id => TestImages.Of(one, $"{id}").ContentHash), [.. new byte[32]]];
        Assert.Equal(
            new[] { asked[1], asked[2] }.Select(Convert.ToHexString).Order(),
            (await again.FindErasedAsync(partitions[0].Key.Gallery, [.. asked, asked[1]], Token))
                .Select(erased => Convert.ToHexString(erased.Digest)).Order());
        Assert.Empty(await again.FindErasedAsync(partitions[0].Key.Gallery + 1, asked, Token));
        Assert.True(await partitions[0].CommitAsync(Store, IdentityChange.Add(one, "1", "4")));
        await AssertStoredAsync(partitions[0]);
        await AssertStoredAsync(partitions[1]);
    }

    [Fact]
    public async Task Commit_ErasedContentInThePlaceOfAnImageOrWithAPicture_IsRefused()
    {
        OwnedPartition partition = await FillAsync();
        Assert.True(await new ModelErasure(partition, "a", "2").CommitAsync(Store, "op", ModelErasure.Late));

        await AssertRefusedAsync(
            partition, new IdentityChange("b", ["1"], [TestImages.Of("a", "2") with { ImageId = "1" }]));
        await AssertRefusedAsync(partition, IdentityChange.Add("a", Pictured("a", "2")));

        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task CommitErasure_TheSameContentAgain_IsRefusedForTheLongerTime()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage image = TestImages.Of("a", "1");
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", image), IdentityChange.Add("b", image), IdentityChange.Add("c", image));

        DateTimeOffset soon = DateTimeOffset.UtcNow.AddHours(1);
        Assert.True(await new ModelErasure(partition, "a").CommitAsync(Store, "1", soon));
        Assert.True(await new ModelErasure(partition, "b").CommitAsync(Store, "2", ModelErasure.Late));
        Assert.True(await new ModelErasure(partition, "c").CommitAsync(Store, "3", Past));

        Assert.Equal(
            ModelErasure.Late,
            Assert.Single(await Store.FindErasedAsync(partition.Key.Gallery, [image.ContentHash], Token)).ExpiresAt);
    }

    [Fact]
    public async Task Transfer_AnImageWhoseContentWasErasedElsewhere_Moves()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage image = TestImages.Of("a", "1");
        await partition.CommitAsync(Store, IdentityChange.Add("a", image), IdentityChange.Add("b", image));
        Assert.True(await new ModelErasure(partition, "a").CommitAsync(Store, "1", ModelErasure.Late));

        Assert.True(await new ModelTransfer(partition, "b", partition, "c").CommitAsync(Store));

        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task CommitErasure_AShareOfAnotherOwnerEpochOrSequence_ChangesNothing()
    {
        OwnedPartition partition = await FillAsync();
        ModelErasure erasure = new(partition, "a");
        ErasureWrite write = erasure.Write(Guid.NewGuid(), refusedUntil: ModelErasure.Late);
        PartitionWrite share = write.Share;

        foreach (PartitionWrite spoilt in (PartitionWrite[])
            [
                share with { Sequence = share.Sequence - 1 },
                share with { Held = share.Held with { Epoch = share.Held.Epoch + 1 } },
                share with { Held = share.Held with { Owner = Guid.NewGuid() } },
            ])
        {
            Assert.False(await Store.CommitErasureAsync(write with { Share = spoilt }));
        }

        await AssertNothingAsync(partition);
        Assert.True(await erasure.CommitAsync(Store));
        Assert.False(await Store.CommitErasureAsync(write));
    }

    [Theory]
    [InlineData("another count")]
    [InlineData("operation")]
    [InlineData("hash")]
    public async Task CommitErasure_RefusedData_ChangesNothing(string fault)
    {
        OwnedPartition partition = await FillAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("c", "1"));
        Assert.True(await new ModelErasure(partition, "c").CommitAsync(Store, "done"));
        ErasureWrite write = new ModelErasure(partition, "a").Write(
            Guid.NewGuid(), fault == "operation" ? "done" : "op", ModelErasure.Late);
        ErasureWrite bad = fault switch
        {
            "another count" => write with { Count = write.Count - 1 },
            "hash" => write with { Operation = write.Operation with { Digest = [1] } },
            _ => write,
        };

        Assert.False(
            (await Assert.ThrowsAsync<StoreDataException>(() => Store.CommitErasureAsync(bad))).IsErased);

        await AssertNothingAsync(partition);
    }

    [Fact]
    public async Task Purge_RefusalsThatExpiredOrOfADeletedGallery_AreDropped()
    {
        OwnedPartition partition = await FillAsync();
        Assert.True(await new ModelErasure(partition, "b").CommitAsync(Store, "1", Past));
        Assert.True(await new ModelErasure(partition, "a").CommitAsync(Store, "2", ModelErasure.Late));

        await PurgeAllAsync(1);

        Assert.Equal(3, await CountAsync("erased"));
        await Store.DeleteGalleryAsync(partition.Key.Gallery, Guid.NewGuid(), Token);
        await PurgeAllAsync(1);
        Assert.Equal(0, await CountAsync("erased"));
    }

    [Fact]
    public async Task PurgeIdentity_ByTwoHandlesAtOnce_BothEndWhenNothingIsLeft()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", Enumerable.Range(0, 200).Select(i => $"{i}")));
        Assert.True(await new ModelErasure(partition, "a").CommitAsync(Store));
        IGalleryStore other = await OpenAsync();

        await Task.WhenAll(PurgeAsync(partition, "a"), PurgeAsync(partition, "a", other));

        Assert.Equal(0, await PurgeAllAsync());
        await AssertStoredAsync(partition);
    }

    private static StoredImage Pictured(string identityId, string imageId) => TestImages.Of(identityId, imageId) with
    {
        Picture = StoredPicture.Of([1, 2, 3], [.. Enumerable.Repeat((byte)7, 10_000)]),
    };

    private static StoredImage Renamed(string identityId, string imageId) =>
        TestImages.Of(identityId, imageId) with { ImageId = "new" };

    private async Task<OwnedPartition> FillAsync()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", TestImages.Of("a", "1", "c1"), Pictured("a", "2"), Pictured("a", "3")),
            IdentityChange.Add("b", Pictured("b", "1")));
        return partition;
    }

    private async Task PurgeAsync(OwnedPartition partition, string id, IGalleryStore? store = null)
    {
        while (await (store ?? Store).PurgeIdentityAsync(partition.Key, id, 2, Token))
        {
        }
    }

    private async Task AssertRefusedAsync(
        OwnedPartition partition, IdentityChange change, IGalleryStore? store = null) => Assert.True(
        (await Assert.ThrowsAsync<StoreDataException>(
            () => (store ?? Store).CommitAsync([partition.Write(change)]))).IsErased);

    private async Task AssertNothingAsync(OwnedPartition partition)
    {
        await AssertStoredAsync(partition);
        Assert.Null(await Store.ReadOperationAsync(partition.Key.Gallery, "op", Token));
        Assert.Equal(0, await CountAsync("erased"));
    }
}
