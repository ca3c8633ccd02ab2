using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Loads partitions for activations of this silo.</summary>
internal sealed class PartitionLoader(
    IGalleryStore store, StoreWrites writes, PrefetchedPartitions prefetched, SearchBases bases,
    IOptions<PartitionOptions> options, TimeProvider time) : IDisposable
{
    // In line, so that none waits for a connection after it has taken its partition. What is read ahead waits in
    // another line: searches wait for an activation, and for nothing that is read ahead.
    private readonly SemaphoreSlim _loads = new(options.Value.LoadsAtOnce);
    private readonly SemaphoreSlim _prefetches = new(options.Value.LoadsAtOnce);
    private int _waitedFor;

    /// <summary>Whether partitions are loaded for which searches and changes wait.</summary>
    public bool IsBusy => Volatile.Read(ref _waitedFor) > 0;

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
    /// <param name="atTurn">Called when its turn has come, before anything is taken, unless it was read ahead; what it
    /// throws ends the load.</param>
    /// <returns>The partition; null: there is none.</returns>
    /// <exception cref="RetryException">Another activation took it meanwhile.</exception>
    public async Task<LocalPartition?> LoadAsync(
        PartitionKey key, Guid owner, Gallery gallery, CancellationToken cancellationToken, Action? atTurn = null)
    {
        Interlocked.Increment(ref _waitedFor);
        try
        {
            return await LoadInTurnAsync(key, owner, gallery, atTurn, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waitedFor);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _loads.Dispose();
        _prefetches.Dispose();
    }

    private async Task<LocalPartition?> LoadInTurnAsync(
        PartitionKey key, Guid owner, Gallery gallery, Action? atTurn, CancellationToken cancellationToken)
    {
        await _loads.WaitAsync(cancellationToken);
        try
        {
            PartitionRows? ahead = prefetched.TryTake(key);
            if (ahead is null)
            {
                atTurn?.Invoke();
            }

            return await TakeAndReadAsync(key, owner, gallery, ahead, cancellationToken);
        }
        finally
        {
            _loads.Release();
        }
    }

    private async Task<LocalPartition?> TakeAndReadAsync(
        PartitionKey key, Guid owner, Gallery gallery, PartitionRows? ahead, CancellationToken cancellationToken)
    {
        long asked = time.GetTimestamp();
        (TakenPartition? taken, bool isTaken) = await TakeAsync(key, owner, cancellationToken);
        if (taken is null)
        {
            return null;
        }

        PartitionRows rows = await ReadAllAsync(taken.State, ahead, gallery.Dimension, cancellationToken);
        PartitionState? now = await store.ReadPartitionAsync(key, cancellationToken);
        if (now?.Owner != taken.State.Owner || now.Position != taken.State.Position)
        {
            throw new RetryException(
                $"Partition {key.Partition} of gallery number {key.Gallery} was taken by another silo while it was "
                + "loaded.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        long firstAck = isTaken ? FirstAck.Of(taken, options.Value.LeaseTime, time) : asked;
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
        PartitionRows rows;
        await _prefetches.WaitAsync(cancellationToken);
        try
        {
            // Its sequence first: what is committed while the rows are read is read again later.
            if (await store.ReadPartitionAsync(key, cancellationToken) is not { } state)
            {
                return false;
            }

            // Nobody waits for it, so that its rows are coded as they come in, and searched fast from the start.
            RowCoding? coding = await bases.CodingAsync(key.Gallery, dimension, cancellationToken);
            rows = new PartitionRows(dimension, state.Position.Sequence, coding);
            await ReadAsync(key, 0, rows, cancellationToken);
        }
        finally
        {
            _prefetches.Release();
        }

        prefetched.Put(key, rows);
        return true;
    }

    // What was read must add up to what the partition's row says: that is proven before it is searched.
    private async Task<PartitionRows> ReadAllAsync(
        PartitionState state, PartitionRows? ahead, int dimension, CancellationToken cancellationToken)
    {
        if (ahead is not null && ahead.Sequence <= state.Position.Sequence
            && await store.ReadRemovalsAsync(state.Key, ahead.Sequence, cancellationToken) is { } removals)
        {
            ahead.Remove(removals);
            await ReadAsync(state.Key, ahead.Sequence, ahead, cancellationToken);
            if (ahead.Sum() == state.Totals)
            {
                return ahead;
            }
        }

        // Searches wait for this one: its rows are coded later.
        PartitionRows rows = new(dimension, 0, coding: null);
        await ReadAsync(state.Key, 0, rows, cancellationToken);
        if (rows.Sum() == state.Totals)
        {
            return rows;
        }

        PartitionState? now = await store.ReadPartitionAsync(state.Key, cancellationToken);
        throw now?.Position == state.Position
            ? new StorageDamagedException(
                $"Partition {state.Key.Partition} of gallery number {state.Key.Gallery} holds {rows.Sum()}; its row "
                + $"says {state.Totals}. Run `gallery verify`.")
            : new RetryException(
                $"Partition {state.Key.Partition} of gallery number {state.Key.Gallery} went on while it was loaded.");
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
