using System.Numerics;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A gallery as random operations know it.</summary>
/// <param name="record">Its record.</param>
/// <param name="partitions">Its partitions, all owned.</param>
public sealed class RandomGallery(GalleryRecord record, IReadOnlyList<OwnedPartition> partitions)
{
    public GalleryRecord Record => record;

    public IReadOnlyList<OwnedPartition> Partitions => partitions;

    public StoredBasis? Basis { get; set; }

    /// <summary>Operations that were carried out, the last one first.</summary>
    public Stack<ModelTransfer> Operations { get; } = new();

    /// <summary>Contents that were erased and are refused, as hex of their digests.</summary>
    public HashSet<string> Erased { get; } = [];

    public IEnumerable<string> Identities => partitions.SelectMany(partition => partition.Identities.Keys);

    /// <summary>Hashes of its identities, by a second way to compute them.</summary>
    public IEnumerable<BigInteger> Hashes => partitions.SelectMany(partition => partition.Identities).Select(
        identity => HashLayout.OfIdentity(
            identity.Key,
            [.. identity.Value.Images.Values.Select(image => (image.Facet, TestImages.Components(image)))]));

    /// <summary>The partition that an identity belongs to.</summary>
    public OwnedPartition PartitionOf(string identityId) =>
        partitions[TestIds.PartitionOf(identityId, partitions.Count)];

    /// <summary>Compares everything stored of it with what is known.</summary>
    public async Task AssertAsync(StoreCaller caller)
    {
        Assert.Equal(record, await caller.RepeatAsync(store => store.FindGalleryAsync(record.Number, default)));
        StoredBasis? basis = await caller.RepeatAsync(store => store.ReadSearchBasisAsync(record.Number, default));
        Assert.Equal(Basis?.Bytes, basis?.Bytes);
        Assert.Equal(
            partitions.SelectMany(partition => partition.Identities)
                .OrderBy(identity => identity.Key, Utf8Order.Instance)
                .Select(identity => (identity.Key, (long)identity.Value.Images.Count)),
            (await caller.RepeatAsync(store => store.ListIdentitiesAsync(record.Number, null, 1000, default)))
                .Select(listing => (listing.IdentityId, listing.Count)));
        foreach (OwnedPartition partition in partitions)
        {
            await caller.RepeatAsync(async store =>
            {
                await StoredContent.AssertAsync(store, partition, default);
                return true;
            });
        }
    }
}
