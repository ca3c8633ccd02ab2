using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>What may be repeated comes out as if it had been heard at once, wherever the connection breaks.</summary>
public sealed class LostAnswerTests(PostgresFixture postgres) : PostgresNetworkTests(postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_LostAtAnyByte_IsOneNewEpochAndSaysWhetherItWasHandedOver(bool released)
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);
        await ReleaseAsync();

        await EachByteAsync(TakeAsync, step: 7);

        async Task TakeAsync()
        {
            partition.Owner = Guid.NewGuid();
            TakenPartition taken = (await Far.TakePartitionAsync(partition.Key, partition.Owner, Token))!;
            partition.Position = partition.Position with { Epoch = partition.Position.Epoch + 1 };
            Assert.Equal(new TakenPartition(partition.State, released), taken);
            await ReleaseAsync();
        }

        async Task ReleaseAsync() =>
            Assert.True(!released || await Near.ReleasePartitionAsync(partition.Held, Token));
    }

    [Fact]
    public async Task Retake_LostAtEveryByte_IsOneNewEpoch()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);

        await EachByteAsync(RetakeAsync);

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

        await EachByteAsync(ReleaseAsync);

        async Task ReleaseAsync()
        {
            Assert.True(await Far.ReleasePartitionAsync(partition.Held, Token));
            TakenPartition taken = (await Near.TakePartitionAsync(partition.Key, partition.Owner, Token))!;
            Assert.True(taken.WasHandedOver);
            partition.Position = taken.State.Position;
        }
    }

    [Fact]
    public async Task CreateAndDelete_LostAtAnyByte_HappenOnce()
    {
        GalleryRecord asked = new()
        {
            Name = "people",
            Dimension = 4,
            Partitions = 2,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        GalleryRecord? created = null;

        await EachByteAsync(CreateAndDeleteAsync, step: 3);

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
    public async Task PutBasis_LostAtAnyByte_IsStored()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, Far);
        StoredBasis basis = new(0, [1, 2, 3, 4]);

        await EachByteAsync(PutAsync, step: 2);

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

        await EachByteAsync(ReadAsync, step: 41);

        async Task ReadAsync()
        {
            Assert.NotNull(await Far.ReadIdentityAsync(partition.Key, id, Token));
            Assert.Single(await Far.ListIdentitiesAsync(partition.Key.Gallery, null, 9, Token));
            Assert.Equal([partition.Position.Sequence], await Far.ConfirmOwnersAsync([partition.Held], Token));
        }
    }

    // Cuts the network at bytes of a call's answers, all of the same length, in turn; the connection is made anew
    // meanwhile.
    private async Task EachByteAsync(Func<Task> call, int step = 1)
    {
        await call();
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
