using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// The silo's writer of changes: as many lanes as the store writes transactions at once. A partition stays in its lane,
/// so it has one commit in flight.
/// </summary>
internal sealed class SiloCommitter : IDisposable
{
    private readonly CommitLane[] _lanes;

    public SiloCommitter(IGalleryStore store, IOptions<CommitterOptions> options, IOptions<PartitionOptions> partitions,
        StoreHealth health, GrainsInstruments instruments, TimeProvider time, ILogger<SiloCommitter> logger) =>
        _lanes =
        [
            .. Enumerable.Range(0, store.ConcurrentCommits)
                .Select(_ => new CommitLane(
                    store, options.Value, partitions.Value.LeaseTime, health, instruments, time, logger)),
        ];

    /// <summary>Changes that wait.</summary>
    public int Queued => _lanes.Sum(lane => lane.Queued);

    /// <summary>Commits one identity's change.</summary>
    /// <param name="partition">Its partition, held by this silo.</param>
    /// <param name="change">The change; no other of this identity may be under way.</param>
    /// <param name="joint">What is to be done where it is part of an operation over two identities.</param>
    /// <returns>The receipt, when the change is durable and its row is published.</returns>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="RetryException">The partition has a new owner, or the outcome is unknown.</exception>
    /// <exception cref="StorageException">The store takes no writes; nothing was written.</exception>
    public Task<CommitReceipt> CommitAsync(
        LocalPartition partition, IdentityChange change, JointStep? joint = null) =>
        _lanes[partition.Key.Partition % _lanes.Length].CommitAsync(partition, change, joint);

    /// <summary>Commits what is queued, then ends.</summary>
    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());
}
