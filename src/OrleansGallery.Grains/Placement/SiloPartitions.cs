using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Answers other silos from what is in memory. Reentrant: it has no state of its own.</summary>
[Reentrant]
internal sealed class SiloPartitions(
    GrainId id, Silo silo, ILoggerFactory loggers, LocalPartitions partitions, PartitionPlaces places,
    PartitionLoader loader, IGalleryStore store, SiloRoster roster, OwnershipLease lease, SiloCommitter committer,
    PartitionMoves moves, PrefetchedPartitions prefetched, SearchBases bases, ILocalSiloDetails self)
    : GrainService(id, silo, loggers), ISiloPartitions
{
    /// <inheritdoc />
    public Task AnnounceAsync(IReadOnlyList<PartitionPlace> some)
    {
        foreach (PartitionPlace place in some)
        {
            places.Learn(place);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<PartitionSummary?> DescribeAsync(long gallery, int partition) =>
        Task.FromResult(partitions.Find(new PartitionKey(gallery, partition))?.Describe());

    /// <inheritdoc />
    public Task RetireAsync(long gallery)
    {
        foreach (LocalPartition partition in partitions.All.Where(partition => partition.Key.Gallery == gallery))
        {
            partition.GiveUp("The gallery was deleted; nothing was written.");
        }

        places.Forget(gallery);
        prefetched.Forget(gallery);
        bases.Forget(gallery);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<bool> PrefetchAsync(long gallery, int partition, CancellationToken cancellationToken) =>
        await store.FindGalleryAsync(gallery, cancellationToken) is { } found
        && await loader.PrefetchAsync(new PartitionKey(gallery, partition), found.Dimension, cancellationToken);

    /// <inheritdoc />
    public Task LetGoAsync(PartitionPlace place)
    {
        // Whom it refuses from now on hears at once where to ask.
        places.Learn(place);
        if (partitions.Find(new PartitionKey(place.Gallery, place.Partition)) is { IsLeaving: true } left
            && left.Held.Epoch <= place.Epoch)
        {
            left.GiveUp("It was handed over; nothing was written.");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task DrainAsync(SiloAddress leaving)
    {
        roster.MarkDraining(leaving);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<SiloReport> ReportAsync()
    {
        LocalPartition[] held = [.. partitions.All.Where(partition => !partition.IsLeaving)];
        return Task.FromResult(new SiloReport
        {
            Partitions = [.. held.Select(partition => partition.PlaceOn(self.SiloAddress))],
            Rows = held.Sum(partition => (long)partition.Rows.Count),
            LeaseAge = held.Length == 0 ? TimeSpan.Zero : held.Max(lease.AgeOf),
            Queue = committer.Queued,
            IsDraining = roster.IsDraining(self.SiloAddress),
            Moves = moves.Running,
        });
    }
}
