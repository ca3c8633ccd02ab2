using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Loads partitions for activations of this silo.</summary>
internal sealed class PartitionLoader(
    IGalleryStore store, StoreWrites writes, PrefetchedPartitions prefetched, IOptions<PartitionOptions> options,
    TimeProvider time)
{
    /// <summary>
    /// Takes a partition and loads it. Taking comes first, in a transaction of its own: it waits for a commit under way
    /// and keeps older owners out from then on; then the rows stream in (only those that changed, where this silo has
    /// read it ahead), and it is made sure that nobody took the partition meanwhile. Where the store takes no writes,
    /// the rows are loaded all the same, because a search needs none.
    /// </summary>
    /// <param name="key">The partition.</param>
    /// <param name="owner">The activation.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the load at the next row.</param>
    /// <returns>The partition; null: there is none.</returns>
    /// <exception cref="RetryException">Another activation took it meanwhile.</exception>
    public async Task<LocalPartition?> LoadAsync(
        PartitionKey key, Guid owner, Gallery gallery, CancellationToken cancellationToken)
    {
        PartitionRows? ahead = prefetched.TryTake(key);
        long asked = time.GetTimestamp();
        (TakenPartition? taken, bool isTaken) = await TakeAsync(key, owner, cancellationToken);
        if (taken is null)
        {
            return null;
        }

        PartitionRows rows = await CatchUpAsync(key, ahead, gallery.Dimension, cancellationToken);
        PartitionState? now = await store.ReadPartitionAsync(key, cancellationToken);
        if (now is null || now.Owner != taken.State.Owner || now.Position.Epoch != taken.State.Position.Epoch
            || now.Position.Sequence != taken.State.Position.Sequence)
        {
            throw new RetryException(
                $"Partition {key.Partition} of gallery number {key.Gallery} was taken by another silo while it was "
                + "loaded.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        long firstAck = taken.WasHandedOver || !isTaken
            ? asked
            : time.GetTimestamp() + (long)(options.Value.LeaseTime.TotalSeconds * time.TimestampFrequency);
        return new LocalPartition(
            new PartitionOwner(key, owner, taken.State.Position.Epoch), taken.State.Position.Sequence,
            taken.State.Totals, rows.Identities, rows.Publish(taken.State.Position.Sequence),
            new PartitionClaim(isTaken, taken.State.Owner, gallery.Partitions, asked, firstAck));
    }

    /// <summary>Reads a partition that another silo owns, to be ready when it is handed over.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="cancellationToken">Ends the read at the next row.</param>
    /// <returns>Whether there is such a partition.</returns>
    public async Task<bool> PrefetchAsync(PartitionKey key, int dimension, CancellationToken cancellationToken)
    {
        // Its sequence first: what is committed while the rows are read is read again later.
        if (await store.ReadPartitionAsync(key, cancellationToken) is not { } state)
        {
            return false;
        }

        PartitionRows rows = new(dimension, state.Position.Sequence);
        await ReadAsync(key, 0, rows, cancellationToken);
        prefetched.Put(key, rows);
        return true;
    }

    private async Task<PartitionRows> CatchUpAsync(
        PartitionKey key, PartitionRows? ahead, int dimension, CancellationToken cancellationToken)
    {
        if (ahead is not null
            && await store.ReadRemovalsAsync(key, ahead.Sequence, cancellationToken) is { } removals)
        {
            ahead.Remove(removals);
            await ReadAsync(key, ahead.Sequence, ahead, cancellationToken);
            return ahead;
        }

        PartitionRows rows = new(dimension, 0);
        await ReadAsync(key, 0, rows, cancellationToken);
        return rows;
    }

    private Task ReadAsync(PartitionKey key, long after, PartitionRows rows, CancellationToken cancellationToken) =>
        store.ReadRowsAsync(key, after, rows.Put, cancellationToken);

    private async Task<(TakenPartition? Taken, bool IsTaken)> TakeAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken)
    {
        try
        {
            return (await writes.RunAsync(writer => writer.TakePartitionAsync(key, owner, cancellationToken)), true);
        }
        catch (StorageException)
        {
            return (
                await store.ReadPartitionAsync(key, cancellationToken) is { } state
                    ? new TakenPartition(state, false)
                    : null,
                false);
        }
    }
}
