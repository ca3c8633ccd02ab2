using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Takes a partition for this silo and loads its rows.</summary>
internal sealed class PartitionLoader(IGalleryStore store, SiloCommitter committer)
{
    /// <summary>
    /// Raises the epoch in a transaction of its own, which waits for a commit under way and keeps older owners out from
    /// then on; then loads the rows, and makes sure that nobody took the partition meanwhile. Where the store takes no
    /// writes, the rows are loaded all the same, because a search needs none.
    /// </summary>
    /// <param name="key">The partition.</param>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    /// <returns>The partition; null: there is none.</returns>
    /// <exception cref="RetryException">Another activation took it meanwhile.</exception>
    public async Task<LocalPartition?> LoadAsync(
        PartitionKey key, int dimension, CancellationToken cancellationToken)
    {
        (PartitionPosition? position, bool isTaken) = await TakeAsync(key, cancellationToken);
        if (position is null)
        {
            return null;
        }

        List<RowChange> rows = [];
        LocalPartition partition = new(key, position, new CentroidTable(dimension), isTaken);
        await store.ReadPartitionAsync(
            key, identity => rows.Add(Load(partition, identity, dimension)), cancellationToken);
        PartitionPosition? now = await store.ReadPositionAsync(key, cancellationToken);
        if (now?.Epoch != position.Epoch || (!isTaken && now.Sequence != position.Sequence))
        {
            throw new RetryException($"Partition {key.Partition} was taken by another silo while it was loaded.");
        }

        partition.Rows.Load(position.Sequence, rows.Where(row => row.Centroid is not null));
        return partition;
    }

    private async Task<(PartitionPosition? Position, bool IsTaken)> TakeAsync(
        PartitionKey key, CancellationToken cancellationToken)
    {
        try
        {
            return (await committer.RunAsync(writer => writer.TakePartition(key)), true);
        }
        catch (StorageException)
        {
            return (await store.ReadPositionAsync(key, cancellationToken), false);
        }
    }

    private static RowChange Load(LocalPartition partition, StoredIdentity identity, int dimension)
    {
        IdentityCentroid centroid = IdentityCentroid.FromFacets(
            dimension, identity.Facets.Select(f => KeyValuePair.Create(f.Facet, new RunningCentroid(f.Count, f.Sum))));
        partition.Load(identity.IdentityId, new LocalIdentity(
            identity.Version, centroid.Count, centroid.ComputeHash(identity.IdentityId)));
        float[] unit = new float[dimension];
        return new RowChange(identity.IdentityId, centroid.Count, centroid.TryGetCentroid(unit) ? unit : null);
    }
}
