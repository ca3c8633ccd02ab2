using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What a commit writes, and when it is refused.</summary>
public abstract class CommitContract : GalleryStoreContract
{
    [Fact]
    public async Task Commit_AddsFacetsAndRemoves_ReadsBackAsWritten()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        Assert.True(await partition.CommitAsync(
            Store,
            IdentityChange.Add(
                "a", TestImages.Of("a", "1"), TestImages.Of("a", "2", "c1"), TestImages.Of("a", "3", "c1")),
            IdentityChange.Add("b", "1")));
        await AssertStoredAsync(partition);
        Assert.Equal(1, partition.Identities["a"].Version);

        Assert.True(await partition.CommitAsync(
            Store, new IdentityChange("a", ["2", "3"], [TestImages.Of("a", "4", "c9")])));

        await AssertStoredAsync(partition);
        Assert.Equal(["", "c9"], (await Store.ReadIdentityAsync(partition.Key, "a", Token))!.Facets
            .Select(facet => facet.Facet));
        Assert.Equal((2, 1), (partition.Identities["a"].Version, partition.Identities["b"].Version));
    }

    [Fact]
    public async Task Commit_NothingOfAnyIdentity_CountsAllTheSame()
    {
        OwnedPartition partition = await CreateAndTakeAsync();

        Assert.True(await partition.CommitAsync(Store));
        Assert.True(await partition.CommitAsync(Store, IdentityChange.Delete("nobody")));

        await AssertStoredAsync(partition);
        Assert.Equal(2, partition.Position.Sequence);
        Assert.Empty((await Store.ReadRemovalsAsync(partition.Key, 0, Token))!);
        Assert.Empty(await Store.CommitAsync([]));
    }

    [Fact]
    public async Task Commit_ImagesWhoseSumIsZero_HasNoCentroidButASum()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoredImage image = TestImages.Of("a", "1");

        await partition.CommitAsync(Store, IdentityChange.Add("a", image, TestImages.Opposite(image, "2")));

        Assert.Equal((1, 2, 0), (partition.State.Totals.Identities, partition.State.Totals.Images,
            partition.State.Totals.Rows));
        await AssertStoredAsync(partition);
        await partition.CommitAsync(Store, IdentityChange.Remove("a", "2"));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Commit_RemovedAndAddedInOne_IsReplaced()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1", "2"));

        Assert.True(await partition.CommitAsync(
            Store, new IdentityChange("a", ["1"], [TestImages.Of("a", "1", "c1", edition: 1)])));

        await AssertStoredAsync(partition);
        Assert.True(await partition.CommitAsync(
            Store, new IdentityChange("b", ["1"], [TestImages.Of("b", "1")])));
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task Commit_OfAnotherOwnerEpochOrSequence_ChangesNothingOfThatPartitionAlone()
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(4);
        IdentityChange[] changes = [.. partitions.Select((_, i) => IdentityChange.Add(TestIds.In(i, 4, "a"), "1"))];
        PartitionWrite[] writes = [.. partitions.Select((partition, i) => partition.Write(changes[i]))];
        long others = (await CreateAsync("others")).Number;

        Assert.Equal([false, false, true, false, false, false], await Store.CommitAsync(
        [
            writes[0] with { Held = writes[0].Held with { Owner = Guid.NewGuid() } },
            writes[1] with { Held = writes[1].Held with { Epoch = 2 } },
            writes[2],
            writes[3] with { Sequence = 1 },
            writes[3] with { Held = writes[3].Held with { Key = writes[3].Held.Key with { Partition = 4 } } },
            writes[3] with { Held = writes[3].Held with { Key = new(others, 0) } },
        ]));
        Assert.Equal([false], await Store.CommitAsync([writes[2]]));

        partitions[2].Apply(writes[2], changes[2]);
        foreach (OwnedPartition partition in partitions)
        {
            await AssertStoredAsync(partition);
        }
    }

    [Fact]
    public async Task Commit_OfAnOlderLifeBesideOthers_TheOthersGoOn()
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(2);
        (OwnedPartition stale, OwnedPartition fresh) = (partitions[0], partitions[1]);
        await (await OpenAsync()).TakePartitionAsync(stale.Key, Guid.NewGuid(), Token);
        string lost = TestIds.In(0, 2, "a");
        IdentityChange change = IdentityChange.Add(TestIds.In(1, 2, "a"), "1");
        PartitionWrite write = fresh.Write(change);

        Assert.Equal(
            [false, true], await Store.CommitAsync([stale.Write(IdentityChange.Add(lost, "1")), write]));

        fresh.Apply(write, change);
        await AssertStoredAsync(fresh);
        Assert.Null(await Store.ReadIdentityAsync(stale.Key, lost, Token));
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("there already")]
    [InlineData("hash")]
    [InlineData("sum")]
    public async Task Commit_RefusedData_WritesNothingOfAnyPartition(string fault)
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(2);
        (OwnedPartition bad, OwnedPartition good) = (partitions[0], partitions[1]);
        (string a, string b) = (TestIds.In(0, 2, "a"), TestIds.In(0, 2, "b"));
        await bad.CommitAsync(Store, IdentityChange.Add(a, "1"));
        IdentityChange fine = IdentityChange.Add(TestIds.In(1, 2, "c"), "1");
        PartitionWrite write = bad.Write(IdentityChange.Add(b, "1"), IdentityChange.Add(a, "2"));

        await Assert.ThrowsAsync<StoreDataException>(
            () => Store.CommitAsync([good.Write(fine), write with
            {
                Identities = [write.Identities[0], Spoil(write.Identities[1], fault)],
            }]));

        await AssertStoredAsync(bad);
        await AssertStoredAsync(good);
        Assert.Equal([true, true], await Store.CommitAsync([good.Write(fine), write]));
    }

    [Fact]
    public async Task Commit_ByTwoHandlesInTurn_EachSeesTheOthers()
    {
        IGalleryStore other = await OpenAsync();
        OwnedPartition partition = await CreateAndTakeAsync();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await partition.CommitAsync(
                i % 2 == 0 ? Store : other, IdentityChange.Add("a", $"{i}"), IdentityChange.Add($"b{i}", "1")));
        }

        await AssertStoredAsync(partition);
        await StoredContent.AssertAsync(other, partition, Token);
    }

    [Fact]
    public async Task Commit_OfManyPartitionsAtOnce_AllAreWrittenOnce()
    {
        IGalleryStore other = await OpenAsync();
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(8);

        await Task.WhenAll(partitions.Select(async (partition, number) =>
        {
            for (int i = 0; i < 20; i++)
            {
                Assert.True(await partition.CommitAsync(
                    number % 2 == 0 ? Store : other,
                    IdentityChange.Add(TestIds.In(number, 8, $"{i % 3}-"), $"{i}")));
            }
        }));

        foreach (OwnedPartition partition in partitions)
        {
            await AssertStoredAsync(partition);
        }

        Assert.Equal(
            partitions.Select(partition => partition.State),
            await other.ReadPartitionsAsync(partitions[0].Key.Gallery, Token));
    }

    private static IdentityWrite Spoil(IdentityWrite write, string fault) => fault switch
    {
        "twice" => write with { AddedImages = [.. write.AddedImages, .. write.AddedImages] },
        "there already" => write with { AddedImages = [TestImages.Of("a", "1")] },
        "hash" => write with { AddedImages = [write.AddedImages[0] with { ContentHash = [1] }] },
        _ => write with { Facets = [write.Facets[0] with { Sum = [1, 2, 3] }] },
    };
}
