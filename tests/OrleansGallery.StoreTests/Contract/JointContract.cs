using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Operations over two identities: all of one is written, or nothing.</summary>
public abstract class JointContract : GalleryStoreContract
{
    private static readonly string A = TestIds.In(0, 2, "a");
    private static readonly string B = TestIds.In(1, 2, "b");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CommitJoint_AllOrSomeImages_ReadBackAtTheTarget(bool all)
    {
        OwnedPartition[] partitions = await FillAsync();
        (OwnedPartition one, OwnedPartition two) = (partitions[0], partitions[1]);

        Assert.True(await new ModelTransfer(one, A, two, B, all ? null : ["1", "2"]).CommitAsync(Store));

        await AssertStoredAsync(one);
        await AssertStoredAsync(two);
        Assert.Equal(all, !one.Identities.ContainsKey(A));
        Assert.True(await new ModelTransfer(two, B, one, A, ["1", "2"]).CommitAsync(await OpenAsync(), "back"));
        await PurgeAllAsync(2);
        await AssertStoredAsync(one);
        await AssertStoredAsync(two);
    }

    [Fact]
    public async Task CommitJoint_WithinOnePartitionAndIntoANewIdentity_ReadsBack()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(
            Store, IdentityChange.Add("a", TestImages.Of("a", "1"), TestImages.Of("a", "2", "c")),
            IdentityChange.Add("b", "3"));

        Assert.True(await new ModelTransfer(partition, "a", partition, "b").CommitAsync(Store, "1"));
        await AssertStoredAsync(partition);
        Assert.True(await new ModelTransfer(partition, "b", partition, "new").CommitAsync(Store, "2"));
        await AssertStoredAsync(partition);
        Assert.True(await new ModelTransfer(partition, "new", partition, "a", ["3"]).CommitAsync(Store, "3"));
        await PurgeAllAsync(1);
        await AssertStoredAsync(partition);
    }

    [Fact]
    public async Task CommitJoint_TargetHasRowsOfAnEarlierLife_TheyGiveWayAndThePurgeLeavesTheNewOnes()
    {
        OwnedPartition[] partitions = await FillAsync();
        (OwnedPartition one, OwnedPartition two) = (partitions[0], partitions[1]);
        await two.CommitAsync(Store, IdentityChange.Add(B, "1", "2"));
        await two.CommitAsync(Store, IdentityChange.Delete(B));

        Assert.True(await new ModelTransfer(one, A, two, B).CommitAsync(Store));

        await AssertStoredAsync(two);
        await PurgeAllAsync(1);
        await AssertStoredAsync(one);
        await AssertStoredAsync(two);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task CommitJoint_AShareOfAnotherOwnerEpochOrSequence_ChangesNothing(int share)
    {
        OwnedPartition[] partitions = await FillAsync();
        ModelTransfer transfer = new(partitions[0], A, partitions[1], B);
        JointWrite write = transfer.Write(Guid.NewGuid());

        foreach (Func<PartitionWrite, PartitionWrite> spoil in (Func<PartitionWrite, PartitionWrite>[])
            [
                one => one with { Sequence = one.Sequence - 1 },
                one => one with { Held = one.Held with { Epoch = one.Held.Epoch + 1 } },
                one => one with { Held = one.Held with { Owner = Guid.NewGuid() } },
            ])
        {
            Assert.False(await Store.CommitJointAsync(write with
            {
                Shares = [.. write.Shares.Select((one, i) => i == share ? spoil(one) : one)],
            }));
        }

        await AssertNothingAsync(partitions);
        Assert.True(await transfer.CommitAsync(Store));
        Assert.False(await Store.CommitJointAsync(write));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task CommitJoint_APartitionWasTakenMeanwhile_ChangesNothing(int taken)
    {
        OwnedPartition[] partitions = await FillAsync();
        JointWrite write = new ModelTransfer(partitions[0], A, partitions[1], B).Write(Guid.NewGuid());
        partitions[taken].Owner = Guid.NewGuid();
        partitions[taken].Position = (await (await OpenAsync()).TakePartitionAsync(
            partitions[taken].Key, partitions[taken].Owner, Token))!.State.Position;

        Assert.False(await Store.CommitJointAsync(write));

        await AssertNothingAsync(partitions);
    }

    [Theory]
    [InlineData("at the target")]
    [InlineData("not at the source")]
    [InlineData("another count")]
    [InlineData("operation")]
    [InlineData("hash")]
    public async Task CommitJoint_RefusedData_ChangesNothing(string fault)
    {
        OwnedPartition[] partitions = await FillAsync();
        await partitions[1].CommitAsync(Store, IdentityChange.Add(B, fault == "at the target" ? "1" : "9"));
        ModelTransfer transfer = new(partitions[0], A, partitions[1], B);
        JointWrite write = transfer.Write(Guid.NewGuid());
        ImageTransfer moved = write.Transfer;
        JointWrite bad = fault switch
        {
            "not at the source" => write with { Transfer = moved with { ImageIds = ["1", "2", "none"] } },
            "another count" => write with { Transfer = moved with { Count = 2 } },
            "hash" => write with { Operation = write.Operation with { Digest = [1] } },
            _ => write,
        };
        if (fault == "operation")
        {
            OwnedPartition other = partitions[1];
            await other.CommitAsync(Store, IdentityChange.Add(TestIds.In(1, 2, "c"), "8"));
            Assert.True(await new ModelTransfer(other, TestIds.In(1, 2, "c"), other, B).CommitAsync(Store));
            bad = transfer.Write(Guid.NewGuid());
        }

        await Assert.ThrowsAsync<StoreDataException>(() => Store.CommitJointAsync(bad));

        await AssertStoredAsync(partitions[0]);
        await AssertStoredAsync(partitions[1]);
        Assert.Equal(fault == "operation", await ReadAsync(partitions[0], "op") is not null);
    }

    [Fact]
    public async Task ReadOperation_CarriedOut_IsRememberedUntilItExpires()
    {
        OwnedPartition[] partitions = await FillAsync();
        ModelTransfer transfer = new(partitions[0], A, partitions[1], B, ["1"]);
        Assert.True(await transfer.CommitAsync(Store, "kept"));
        JointWrite old = new ModelTransfer(partitions[0], A, partitions[1], B, ["2"]).Write(
            Guid.NewGuid(), "old", DateTimeOffset.UnixEpoch);
        Assert.True(await Store.CommitJointAsync(old));

        Assert.Equivalent(
            ModelTransfer.Operation("kept") with
            {
                Images = [new TransferredImage("1", TestImages.Of(A, "1").ContentHash)],
            },
            await ReadAsync(partitions[0], "kept"), strict: true);
        Assert.NotNull(await ReadAsync(partitions[0], "old"));
        Assert.Null(await ReadAsync(partitions[0], "none"));
        Assert.Null(await Store.ReadOperationAsync(partitions[0].Key.Gallery + 1, "kept", Token));
        await PurgeAllAsync();
        Assert.NotNull(await ReadAsync(partitions[0], "kept"));
        Assert.Null(await ReadAsync(partitions[0], "old"));

        await Store.DeleteGalleryAsync(partitions[0].Key.Gallery, Guid.NewGuid(), Token);
        await PurgeAllAsync(1);
        Assert.Null(await ReadAsync(partitions[0], "kept"));
    }

    [Fact]
    public async Task CommitJoint_OppositeWaysFromTwoHandles_OneIsWrittenAtATime()
    {
        OwnedPartition[] partitions = await FillAsync();
        await partitions[1].CommitAsync(Store, IdentityChange.Add(B, "7", "8"));
        IGalleryStore other = await OpenAsync();
        for (int i = 0; i < 10; i++)
        {
            ModelTransfer there = new(partitions[0], A, partitions[1], B, ["1"]);
            ModelTransfer back = new(partitions[1], B, partitions[0], A, ["7"]);
            (JointWrite first, JointWrite second) =
                (there.Write(Guid.NewGuid(), $"there {i}"), back.Write(Guid.NewGuid(), $"back {i}"));

            bool[] written = await Task.WhenAll(Store.CommitJointAsync(first), other.CommitJointAsync(second));

            Assert.Single(written, true);
            (written[0] ? there : back).Apply(written[0] ? first : second);
            ModelTransfer undo = written[0]
                ? new(partitions[1], B, partitions[0], A, ["1"])
                : new(partitions[0], A, partitions[1], B, ["7"]);
            Assert.True(await undo.CommitAsync(Store, $"undo {i}"));
        }

        await AssertStoredAsync(partitions[0]);
        await AssertStoredAsync(partitions[1]);
    }

    private async Task<OwnedPartition[]> FillAsync()
    {
        OwnedPartition[] partitions = await CreateAndTakeAllAsync(2);
        await partitions[0].CommitAsync(Store, IdentityChange.Add(
            A, TestImages.Of(A, "1"), TestImages.Of(A, "2", "c1"), TestImages.Of(A, "3", "c1")));
        await partitions[1].CommitAsync(Store, IdentityChange.Add(B, TestImages.Of(B, "4", "c1")));
        return partitions;
    }

    private async Task AssertNothingAsync(OwnedPartition[] partitions)
    {
        await AssertStoredAsync(partitions[0]);
        await AssertStoredAsync(partitions[1]);
        Assert.Null(await ReadAsync(partitions[0], "op"));
    }

    private Task<StoredOperation?> ReadAsync(OwnedPartition partition, string id) =>
        Store.ReadOperationAsync(partition.Key.Gallery, id, Token);
}
