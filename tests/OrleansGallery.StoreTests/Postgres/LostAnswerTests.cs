using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>What may be repeated comes out as if it had been heard at once, wherever the connection breaks.</summary>
public sealed class LostAnswerTests(PostgresFixture postgres) : PostgresNetworkTests(postgres)
{
    [Fact]
    public async Task Take_LostAtEveryByte_IsOneNewEpochAndSaysWhomItTookItFrom()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);
        PartitionPosition position = partition.Position;
        bool released = false;

        await EachByteAsync(
            () => Far.TakePartitionAsync(partition.Key, Guid.NewGuid(), Token),
            async () =>
            {
                Guid owner = Guid.NewGuid();
                TakenPartition taken = (await Far.TakePartitionAsync(partition.Key, owner, Token))!;

                position = position with { Epoch = position.Epoch + 1 };
                Assert.Equal((owner, position), (taken.State.Owner, taken.State.Position));
                Assert.Equal(released, taken.WasHandedOver);
                released = position.Epoch % 2 == 0;
                if (released)
                {
                    await Near.ReleasePartitionAsync(new(partition.Key, owner, position.Epoch), Token);
                }
            },
            () => position = position with { Epoch = position.Epoch + 1 });
    }

    [Fact]
    public async Task Retake_LostAtEveryByte_IsOneNewEpoch()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);

        await EachByteAsync(RetakeAsync, RetakeAsync, () => { });

        await StoredContent.AssertAsync(Near, partition, Token);

        async Task RetakeAsync()
        {
            PartitionPosition position = (await Far.RetakePartitionAsync(partition.Held, Token))!;
            Assert.Equal(partition.Position with { Epoch = partition.Position.Epoch + 1 }, position);
            partition.Position = position;
        }
    }

    [Fact]
    public async Task Release_LostAtEveryByte_BelongsToNobody()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);

        await EachByteAsync(ReleaseAsync, ReleaseAsync, () => { });

        async Task ReleaseAsync()
        {
            Assert.True(await Far.ReleasePartitionAsync(partition.Held, Token));
            TakenPartition taken = (await Near.TakePartitionAsync(partition.Key, partition.Owner, Token))!;
            Assert.True(taken.WasHandedOver);
            partition.Position = taken.State.Position;
        }
    }

    [Fact]
    public async Task CreateAndDelete_LostAtEveryByte_HappenOnce()
    {
        GalleryRecord asked = new()
        {
            Name = "people",
            Dimension = 4,
            Partitions = 2,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        GalleryRecord? created = null;

        await EachByteAsync(CreateAndDeleteAsync, CreateAndDeleteAsync, () => { });

        async Task CreateAndDeleteAsync()
        {
            GalleryRecord? before = created;
            created = (await Far.CreateGalleryAsync(asked, Guid.NewGuid(), Token))!;
            Assert.True(created.Number > (before?.Number ?? 0));
            Assert.Equal([created], await Near.ListGalleriesAsync(Token));
            Assert.Equal(2, (await Near.ReadPartitionsAsync(created.Number, Token)).Count);
            Assert.True(await Far.DeleteGalleryAsync(created.Number, Guid.NewGuid(), Token));
            Assert.Empty(await Near.ListGalleriesAsync(Token));
        }
    }

    [Fact]
    public async Task PutBasis_LostAtEveryByte_IsStored()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);
        StoredBasis basis = new(0, [1, 2, 3, 4]);

        await EachByteAsync(PutAsync, PutAsync, () => { });

        async Task PutAsync()
        {
            StoredBasis next = new(basis.Version + 1, [1, 2, 3, 4]);
            Assert.True(await Far.PutSearchBasisAsync(partition.Key.Gallery, basis.Version, next, Token));
            basis = next;
        }
    }

    [Fact]
    public async Task Reads_CutAtAnyByte_AreReadAgain()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);
        string id = partition.Identities.Keys.Single();

        await EachByteAsync(ReadAsync, ReadAsync, () => { }, step: 41);

        async Task ReadAsync()
        {
            Assert.NotNull(await Far.ReadIdentityAsync(partition.Key, id, Token));
            Assert.Single(await Far.ListIdentitiesAsync(partition.Key.Gallery, null, 9, Token));
            Assert.Equal([true], await Far.ConfirmOwnersAsync([partition.Held], Token));
        }
    }

    // Cuts the network at each byte of a call's answers in turn; the connection is made anew meanwhile.
    private async Task EachByteAsync(Func<Task> warmUp, Func<Task> call, Action afterWarmUp, int step = 1)
    {
        await warmUp();
        afterWarmUp();
        long before = Proxy.ToClient.Passed;
        await call();
        long length = Proxy.ToClient.Passed - before;
        Assert.InRange(length, 10, 5000);
        for (long passed = 0; passed < length; passed += step)
        {
            Task cut = Proxy.ToClient.CutAfter(passed);
            await call();
            await cut;
        }
    }
}
