using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Answers other silos from what is in memory. Reentrant: it has no state of its own.</summary>
[Reentrant]
internal sealed class SiloPartitions(
    GrainId id, Silo silo, ILoggerFactory loggers, LocalPartitions partitions, PartitionPlaces places)
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
        return Task.CompletedTask;
    }
}
