using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Who owns a partition: taking, retaking, releasing and confirming, each repeated, and two handles.</summary>
public abstract class OwnershipContract : GalleryStoreContract
{
    [Fact]
    public async Task Take_ByTheSameOwnerAgain_GivesTheSame()
    {
        PartitionKey key = new((await CreateAsync()).Number, 1);
        Guid owner = Guid.NewGuid();

        TakenPartition taken = (await Store.TakePartitionAsync(key, owner, Token))!;

        Assert.True(taken.WasHandedOver);
        Assert.Equal(
            new PartitionState(key, owner, new PartitionPosition(1, 0, Guid.Empty), default), taken.State);
        Assert.Equal(taken, await Store.TakePartitionAsync(key, owner, Token));
        Assert.Equal(taken.State, await Store.ReadPartitionAsync(key, Token));
    }

    [Fact]
    public async Task Take_NoSuchPartition_IsNothing()
    {
        long gallery = (await CreateAsync()).Number;

        Assert.Null(await Store.TakePartitionAsync(new PartitionKey(gallery, 2), Guid.NewGuid(), Token));
        Assert.Null(await Store.TakePartitionAsync(new PartitionKey(gallery + 1, 0), Guid.NewGuid(), Token));
    }

    [Fact]
    public async Task Take_ByNobody_IsACallersMistake() => await Assert.ThrowsAsync<ArgumentException>(async () =>
        await Store.TakePartitionAsync(new PartitionKey((await CreateAsync()).Number, 0), Guid.Empty, Token));

    [Fact]
    public async Task Take_FromALivingOwner_FencesItOffAndWasNotHandedOver()
    {
        IGalleryStore other = await OpenAsync();
        OwnedPartition old = await CreateAndTakeAsync();
        Assert.True(await old.CommitAsync(Store, IdentityChange.Add("a", "1")));
        Guid owner = Guid.NewGuid();

        TakenPartition taken = (await other.TakePartitionAsync(old.Key, owner, Token))!;

        Assert.False(taken.WasHandedOver);
        Assert.Equal(old.State with { Owner = owner, Position = old.Position with { Epoch = 2 } }, taken.State);
        Assert.Equal(taken, await other.TakePartitionAsync(old.Key, owner, Token));
        Assert.False(await old.CommitAsync(Store, IdentityChange.Add("a", "2")));
        Assert.Null(await Store.RetakePartitionAsync(old.Held, Token));
        Assert.False(await Store.ReleasePartitionAsync(old.Held, Token));
        old.Owner = owner;
        old.Position = taken.State.Position;
        await AssertStoredAsync(old);
    }

    [Fact]
    public async Task Take_BackAndForth_EachTakingIsANewEpoch()
    {
        OwnedPartition first = await CreateAndTakeAsync();
        Guid second = Guid.NewGuid();
        Assert.Equal(2, (await Store.TakePartitionAsync(first.Key, second, Token))!.State.Position.Epoch);

        Assert.Equal(3, (await Store.TakePartitionAsync(first.Key, first.Owner, Token))!.State.Position.Epoch);

        Assert.False(await first.CommitAsync(Store, IdentityChange.Add("a", "1")));
    }

    [Fact]
    public async Task Retake_Repeated_GoesToTheNextEpochOnceAndSaysTheLastToken()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));
        PartitionOwner held = partition.Held;
        PartitionPosition expected = partition.Position with { Epoch = 2 };

        Assert.Equal(expected, await Store.RetakePartitionAsync(held, Token));
        Assert.Equal(expected, await Store.RetakePartitionAsync(held, Token));

        PartitionWrite late = partition.Write(IdentityChange.Add("a", "2"));
        Assert.Equal([false], await Store.CommitAsync([late]));
        Assert.Equal([true], await Store.CommitAsync([late with { Held = held with { Epoch = 2 } }]));
        Assert.Equal(3, (await Store.RetakePartitionAsync(held with { Epoch = 2 }, Token))!.Epoch);
        Assert.Null(await Store.RetakePartitionAsync(held, Token));
    }

    [Fact]
    public async Task Retake_ByAnotherOfTheSameEpochOrByNobody_IsNothing()
    {
        OwnedPartition partition = await CreateAndTakeAsync();

        Assert.Null(await Store.RetakePartitionAsync(partition.Held with { Owner = Guid.NewGuid() }, Token));
        Assert.Null(await Store.RetakePartitionAsync(
            partition.Held with { Key = new(partition.Key.Gallery, 9) }, Token));
        Assert.True(await Store.ReleasePartitionAsync(partition.Held, Token));
        Assert.Null(await Store.RetakePartitionAsync(partition.Held, Token));
        Assert.Null(await Store.RetakePartitionAsync(partition.Held with { Owner = Guid.Empty }, Token));
        Assert.Equal(1, (await Store.ReadPartitionAsync(partition.Key, Token))!.Position.Epoch);
    }

    [Fact]
    public async Task Release_Repeated_BelongsToNobodyAndIsHandedOverToTheNext()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await partition.CommitAsync(Store, IdentityChange.Add("a", "1"));

        Assert.True(await Store.ReleasePartitionAsync(partition.Held, Token));
        Assert.True(await Store.ReleasePartitionAsync(partition.Held, Token));

        Assert.Equal(
            partition.State with { Owner = Guid.Empty }, await Store.ReadPartitionAsync(partition.Key, Token));
        Assert.False(await partition.CommitAsync(Store, IdentityChange.Add("a", "2")));
        PartitionWrite asNobody = partition.Write() with { Held = partition.Held with { Owner = Guid.Empty } };
        Assert.Equal([false], await Store.CommitAsync([asNobody]));
        TakenPartition next = (await Store.TakePartitionAsync(partition.Key, Guid.NewGuid(), Token))!;
        Assert.True(next.WasHandedOver);
        Assert.Equal(2, next.State.Position.Epoch);
        Assert.False(await Store.ReleasePartitionAsync(partition.Held, Token));
    }

    [Fact]
    public async Task Confirm_OwnersOfManyKinds_SaysEachSequenceInOrder()
    {
        GalleryRecord gallery = await CreateAsync();
        OwnedPartition first = await OwnedPartition.TakeAsync(Store, new(gallery.Number, 0), Token);
        OwnedPartition second = await OwnedPartition.TakeAsync(Store, new(gallery.Number, 1), Token);
        IGalleryStore other = await OpenAsync();
        await second.CommitAsync(Store, IdentityChange.Add("a", "1"));
        PartitionOwner unowned = new(new((await CreateAsync("others")).Number, 0), Guid.Empty, 0);

        Assert.Equal(
            [1, 0, null, null, null, null, 1],
            await other.ConfirmOwnersAsync(
                [
                    second.Held, first.Held, first.Held with { Epoch = 0 }, first.Held with { Owner = second.Owner },
                    first.Held with { Key = new(gallery.Number, 7) }, unowned, second.Held,
                ],
                Token));
        Assert.Empty(await other.ConfirmOwnersAsync([], Token));
        await other.TakePartitionAsync(first.Key, Guid.NewGuid(), Token);
        Assert.Equal([null, 1], await Store.ConfirmOwnersAsync([first.Held, second.Held], Token));
    }

    [Fact]
    public async Task Confirm_DuringACommit_SaysTheSequenceBeforeOrAfterIt()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        IGalleryStore other = await OpenAsync();
        for (int i = 0; i < 20; i++)
        {
            long before = partition.Position.Sequence;
            Task<bool> commit = partition.CommitAsync(Store, IdentityChange.Add("a", $"{i}"));
            long? during = (await other.ConfirmOwnersAsync([partition.Held], Token))[0];

            Assert.True(await commit);
            Assert.InRange(during!.Value, before, before + 1);
            Assert.Equal([before + 1], await other.ConfirmOwnersAsync([partition.Held], Token));
        }
    }
}
