using System.Runtime.InteropServices;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Loads partitions for activations of this silo.</summary>
internal sealed class PartitionLoader(IGalleryStore store, StoreWrites writes)
{
    /// <summary>
    /// Takes a partition and loads it. Taking comes first, in a transaction of its own: it waits for a commit under way
    /// and keeps older owners out from then on; then the rows stream in, and it is made sure that nobody took the
    /// partition meanwhile. Where the store takes no writes, the rows are loaded all the same, because a search needs
    /// none.
    /// </summary>
    /// <param name="key">The partition.</param>
    /// <param name="owner">The activation.</param>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="cancellationToken">Ends the load at the next row.</param>
    /// <returns>The partition; null: there is none.</returns>
    /// <exception cref="RetryException">Another activation took it meanwhile.</exception>
    public async Task<LocalPartition?> LoadAsync(
        PartitionKey key, Guid owner, int dimension, CancellationToken cancellationToken)
    {
        (PartitionState? taken, bool isTaken) = await TakeAsync(key, owner, cancellationToken);
        if (taken is null)
        {
            return null;
        }

        CentroidTable table = new(dimension);
        TableLoad load = table.BeginLoad();
        Dictionary<string, LocalIdentity> identities = new(StringComparer.Ordinal);
        await store.ReadRowsAsync(
            key, 0,
            row =>
            {
                identities.Add(
                    row.IdentityId, new LocalIdentity(row.Version, row.Count, row.Centroid is not null, row.Hash));
                if (ToRow(row) is { } searchable)
                {
                    load.Put(searchable);
                }
            },
            cancellationToken);
        PartitionState? now = await store.ReadPartitionAsync(key, cancellationToken);
        if (now is null || now.Owner != taken.Owner || now.Position.Epoch != taken.Position.Epoch
            || now.Position.Sequence != taken.Position.Sequence)
        {
            throw new RetryException(
                $"Partition {key.Partition} of gallery number {key.Gallery} was taken by another silo while it was "
                + "loaded.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        load.Publish(taken.Position.Sequence);
        return new LocalPartition(
            new PartitionOwner(key, owner, taken.Position.Epoch), taken.Position.Sequence, taken.Totals, identities,
            table, isTaken);
    }

    private static RowChange? ToRow(StoredRow row) => row.Centroid is null
        ? null
        : new RowChange(row.IdentityId, row.Count, MemoryMarshal.Cast<byte, float>(row.Centroid).ToArray());

    private async Task<(PartitionState? State, bool IsTaken)> TakeAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken)
    {
        try
        {
            return (
                (await writes.RunAsync(writer => writer.TakePartitionAsync(key, owner, cancellationToken)))?.State,
                true);
        }
        catch (StorageException)
        {
            return (await store.ReadPartitionAsync(key, cancellationToken), false);
        }
    }
}
