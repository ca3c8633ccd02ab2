using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Erasures of identities and images by chance, some of whose contents are refused from then on.</summary>
/// <param name="caller">Calls the store.</param>
/// <param name="random">The source of chance.</param>
public sealed class RandomErasures(StoreCaller caller, Random random)
{
    /// <summary>How many were written.</summary>
    public int Written { get; private set; }

    /// <summary>What is left of changes where erased contents are refused.</summary>
    public static IdentityChange[] Without(RandomGallery gallery, IdentityChange[] changes) =>
    [
        .. changes.Select(change => change with
        {
            Added = [.. change.Added.Where(image => !gallery.Erased.Contains(Convert.ToHexString(image.ContentHash)))],
        }),
    ];

    /// <summary>Erases something, and sees that it is refused.</summary>
    public async Task RunAsync(RandomGallery gallery, string operation)
    {
        string[] known = [.. gallery.Identities.Order(StringComparer.Ordinal)];
        if (known.Length == 0)
        {
            return;
        }

        string id = known[random.Next(known.Length)];
        OwnedPartition partition = gallery.PartitionOf(id);
        StoredImage image = partition.Identities[id].Ordered[0];
        ModelErasure erasure = new(partition, id, random.Next(2) == 0 ? image.ImageId : null);
        DateTimeOffset? refusedUntil = random.Next(2) == 0 ? ModelErasure.Late : null;
        ErasureWrite late = erasure.Write(Guid.NewGuid(), operation, refusedUntil);
        await caller.CommitAsync(erasure, operation, refusedUntil);
        Written++;
        while (await caller.RepeatAsync(store => store.PurgeIdentityAsync(partition.Key, id, 3, default)))
        {
        }

        Assert.False(await caller.RepeatAsync(store => store.CommitErasureAsync(late)));
        if (refusedUntil is not null)
        {
            gallery.Erased.UnionWith(erasure.Images.Select(erased => Convert.ToHexString(erased.ContentHash)));
            await AssertRefusedAsync(gallery, partition, image);
        }
    }

    private async Task AssertRefusedAsync(RandomGallery gallery, OwnedPartition partition, StoredImage image)
    {
        await caller.CommitRefusedAsync(partition, () => partition.Write(IdentityChange.Add("never", image)));
        ErasedContent found = Assert.Single(await caller.RepeatAsync(
            store => store.FindErasedAsync(gallery.Record.Number, [image.ContentHash, new byte[32]], default)));
        Assert.Equal(image.ContentHash, found.Digest);
        Assert.Equal(ModelErasure.Late, found.ExpiresAt);
    }
}
