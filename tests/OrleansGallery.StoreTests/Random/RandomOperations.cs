using System.Globalization;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>
/// Operations by chance on a store that is empty at first, with a model in memory as their oracle. The same seed leads
/// to the same content, whichever store it is and whatever faults its handles have: what fails is done again.
/// </summary>
/// <param name="caller">Calls the store.</param>
/// <param name="seed">Of the chance.</param>
/// <param name="scale">How many times more identities there are, and are changed at once.</param>
/// <param name="checker">Compares what is stored with what should be; null: <paramref name="caller"/>, which fails too
/// often where there is much to compare.</param>
public sealed class RandomOperations(StoreCaller caller, int seed, int scale = 1, StoreCaller? checker = null)
{
    private const int MaxGalleries = 3;

    private readonly Random _random = new(seed);
    private readonly RandomChanges _changes = new(new Random(seed + 1), scale);
    private readonly RandomTransfers _transfers =
        new(new Random(seed + 2), new RandomChanges(new Random(seed), scale).Ids);
    private readonly RandomErasures _erasures = new(caller, new Random(seed + 3));
    private readonly List<RandomGallery> _galleries = [];

    /// <summary>After how many calls all is compared.</summary>
    public int BetweenChecks { get; init; } = 500;

    /// <summary>How many operations over two identities were written, and how many were refused.</summary>
    public (int Written, int Refused) Transfers { get; private set; }

    /// <summary>How many erasures were written.</summary>
    public int Erasures => _erasures.Written;

    /// <summary>How many operations were done: calls, and changes of identities.</summary>
    public int Done { get; private set; }

    /// <summary>Does operations, compares everything now and then, and purges at the end.</summary>
    /// <param name="operations">How many calls.</param>
    /// <returns>The hash over all galleries, which the store's sums agree with.</returns>
    public async Task<string> RunAsync(int operations)
    {
        for (int i = 1; i <= operations; i++)
        {
            Done++;
            await NextAsync();
            if (i % BetweenChecks == 0)
            {
                await AssertAllAsync();
            }
        }

        while (await caller.RepeatAsync(store => store.PurgeAsync(50, default)))
        {
        }

        await AssertAllAsync();
        string rootHash = HashLayout.Sum(_galleries.SelectMany(gallery => gallery.Hashes));
        Assert.Equal(rootHash, await ReadRootHashAsync());
        return rootHash;
    }

    private async Task<string> ReadRootHashAsync()
    {
        Hash256 sum = default;
        foreach (RandomGallery gallery in _galleries)
        {
            IReadOnlyList<PartitionState> states = await caller.RepeatAsync(
                store => store.ReadPartitionsAsync(gallery.Record.Number, default));
            sum = states.Aggregate(sum, (total, state) => total + state.Totals.Hash);
        }

        return sum.ToString();
    }

    private Task NextAsync()
    {
        if (_galleries.Count == 0)
        {
            return CreateAsync();
        }

        RandomGallery gallery = Pick(_galleries);
        OwnedPartition partition = Pick(gallery.Partitions);
        return _random.Next(100) switch
        {
            < 50 => CommitAsync(gallery),
            < 54 => RefuseDataAsync(partition),
            < 58 => RefuseOwnerAsync(partition),
            < 68 => TransferAsync(gallery),
            < 73 => TakeAsync(partition, isReleased: false),
            < 76 => TakeAsync(partition, isReleased: true),
            < 80 => RetakeAsync(partition),
            < 88 => PurgeAsync(_random.Next(1, 12)),
            < 90 => _erasures.RunAsync(gallery, Done.ToString(CultureInfo.InvariantCulture)),
            < 94 => ConfirmAsync(gallery),
            < 97 => PutBasisAsync(gallery),
            < 98 => caller.RepeatAsync(async store =>
            {
                await store.CheckWritableAsync(default);
                return true;
            }),
            < 99 => DeleteAsync(gallery),
            _ => CreateAsync(),
        };
    }

    private Task<bool> PurgeAsync(int rows) => caller.RepeatAsync(store => store.PurgeAsync(rows, default));

    private Task CommitAsync(RandomGallery gallery)
    {
        int count = _random.Next(1, 4);
        (OwnedPartition Partition, IdentityChange[] Changes)[] shares =
        [
            .. gallery.Partitions.OrderBy(_ => _random.Next()).Take(count)
                .Select(partition => (partition, RandomErasures.Without(
                    gallery, _changes.Next(partition, gallery.Partitions.Count)))),
        ];
        Done += shares.Sum(share => share.Changes.Length);
        return caller.CommitAsync(shares);
    }

    private async Task TransferAsync(RandomGallery gallery)
    {
        if (_transfers.Next(gallery) is not { } transfer)
        {
            return;
        }

        string operation = Done.ToString(CultureInfo.InvariantCulture);
        (_, string to) = transfer.Identities;
        bool isInTheWay = gallery.PartitionOf(to).Identities.TryGetValue(to, out ModelIdentity? target)
            && transfer.Images.Any(image => target.Images.ContainsKey(image.ImageId));
        if (isInTheWay)
        {
            await caller.CommitRefusedAsync(transfer, operation);
            Transfers = Transfers with { Refused = Transfers.Refused + 1 };
            Assert.Null(await ReadOperationAsync(gallery, operation));
            return;
        }

        JointWrite late = transfer.Write(Guid.NewGuid(), operation);
        await caller.CommitAsync(transfer, operation);
        Transfers = Transfers with { Written = Transfers.Written + 1 };
        gallery.Operations.Push(transfer);
        StoredOperation noted = (await ReadOperationAsync(gallery, operation))!;
        Assert.Equal(
            transfer.Images.Select(image => (image.ImageId, Convert.ToHexString(image.ContentHash))).Order(),
            noted.Images.Select(image => (image.ImageId, Convert.ToHexString(image.ContentHash!))).Order());
        // Somebody who sends it once more, late.
        Assert.False(await caller.RepeatAsync(store => store.CommitJointAsync(late)));
    }

    private Task<StoredOperation?> ReadOperationAsync(RandomGallery gallery, string operation) =>
        caller.RepeatAsync(store => store.ReadOperationAsync(gallery.Record.Number, operation, default));

    // An image that is there already, after a change that would be well.
    private Task RefuseDataAsync(OwnedPartition partition)
    {
        string? id = partition.Identities.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        return id is null
            ? Task.CompletedTask
            : caller.CommitRefusedAsync(partition, () => partition.Write(
                IdentityChange.Add("never", "1"), IdentityChange.Add(id, partition.Identities[id].Ordered[0])));
    }

    private async Task RefuseOwnerAsync(OwnedPartition partition)
    {
        PartitionWrite write = partition.Write(IdentityChange.Add("never", "1"));
        write = _random.Next(3) switch
        {
            0 => write with { Sequence = write.Sequence - 1 },
            1 => write with { Held = write.Held with { Epoch = write.Held.Epoch - 1 } },
            _ => write with { Held = write.Held with { Owner = Guid.NewGuid() } },
        };
        Assert.Equal([false], await caller.RepeatAsync(store => store.CommitAsync([write])));
    }

    private async Task TakeAsync(OwnedPartition partition, bool isReleased)
    {
        PartitionOwner old = partition.Held;
        PartitionWrite late = partition.Write(IdentityChange.Add("never", "1"));
        if (isReleased)
        {
            Assert.True(await caller.RepeatAsync(store => store.ReleasePartitionAsync(old, default)));
        }

        Guid owner = Guid.NewGuid();
        TakenPartition taken = (await caller.RepeatAsync(
            store => store.TakePartitionAsync(partition.Key, owner, default)))!;

        partition.Owner = owner;
        partition.Position = partition.Position with { Epoch = old.Epoch + 1 };
        Assert.Equal(new TakenPartition(partition.State, isReleased), taken);
        Assert.Equal([false], await caller.RepeatAsync(store => store.CommitAsync([late])));
        Assert.Null(await caller.RepeatAsync(store => store.RetakePartitionAsync(old, default)));
    }

    private async Task RetakeAsync(OwnedPartition partition)
    {
        PartitionPosition expected = partition.Position with { Epoch = partition.Position.Epoch + 1 };
        Assert.Equal(
            expected, await caller.RepeatAsync(store => store.RetakePartitionAsync(partition.Held, default)));
        partition.Position = expected;
    }

    private async Task ConfirmAsync(RandomGallery gallery)
    {
        PartitionOwner[] held = [.. gallery.Partitions.Select(partition => partition.Held)];
        Assert.Equal(
            gallery.Partitions.Select(partition => (long?)partition.Position.Sequence),
            await caller.RepeatAsync(store => store.ConfirmOwnersAsync(held, default)));
    }

    private async Task PutBasisAsync(RandomGallery gallery)
    {
        long version = gallery.Basis?.Version ?? 0;
        StoredBasis basis = new(version + 1, BitConverter.GetBytes(_random.Next()));
        Assert.True(await caller.RepeatAsync(
            store => store.PutSearchBasisAsync(gallery.Record.Number, version, basis, default)));
        gallery.Basis = basis;
    }

    private async Task CreateAsync()
    {
        if (_galleries.Count == MaxGalleries)
        {
            return;
        }

        GalleryRecord asked = new()
        {
            Name = NextName(),
            Dimension = TestImages.Dimension,
            Partitions = _random.Next(1, 5),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        Guid token = Guid.NewGuid();
        GalleryRecord created = (await caller.RepeatAsync(store => store.CreateGalleryAsync(asked, token, default)))!;
        Assert.Equal(asked with { Number = created.Number }, created);
        List<OwnedPartition> partitions = [];
        for (int i = 0; i < asked.Partitions; i++)
        {
            Guid owner = Guid.NewGuid();
            PartitionKey key = new(created.Number, i);
            partitions.Add(new OwnedPartition(
                owner, (await caller.RepeatAsync(store => store.TakePartitionAsync(key, owner, default)))!));
        }

        _galleries.Add(new RandomGallery(created, partitions));
    }

    // Names come back after their galleries were deleted.
    private string NextName() => new[] { "one", "two", "three" }
        .First(name => _galleries.All(gallery => gallery.Record.Name != name));

    private async Task DeleteAsync(RandomGallery gallery)
    {
        Guid token = Guid.NewGuid();
        Assert.True(await caller.RepeatAsync(
            store => store.DeleteGalleryAsync(gallery.Record.Number, token, default)));
        _galleries.Remove(gallery);
    }

    private async Task AssertAllAsync()
    {
        Assert.Equal(
            _galleries.Select(gallery => gallery.Record).OrderBy(record => record.Name, Utf8Order.Instance),
            await caller.RepeatAsync(store => store.ListGalleriesAsync(default)));
        foreach (RandomGallery gallery in _galleries)
        {
            await gallery.AssertAsync(checker ?? caller);
        }
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
