using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>What a silo does with changes that arrive: lanes of group commits into the store, then the rows are
/// published to its tables.</summary>
/// <param name="store">The store.</param>
internal sealed class GroupWriter(IGalleryStore store) : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StoreHealth _health = new(NullLogger<StoreHealth>.Instance);

    /// <summary>Takes all partitions of a gallery, empty as they are.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <returns>The partitions.</returns>
    public async Task<LocalPartition[]> TakeAsync(GalleryRecord gallery)
    {
        using PartitionLoader loader = new(
            store, new StoreWrites(store, _health), new PrefetchedPartitions(TimeProvider.System),
            new SearchBases(store, Options.Create(new CoderOptions()), NullLogger<SearchBases>.Instance),
            Options.Create(new PartitionOptions()), TimeProvider.System);
        LocalPartition[] partitions = new LocalPartition[gallery.Partitions];
        for (int i = 0; i < partitions.Length; i++)
        {
            partitions[i] = (await loader.LoadAsync(
                new PartitionKey(gallery.Number, i), Guid.NewGuid(), StoreRecords.ToGallery(gallery),
                CancellationToken.None))!;
        }

        return partitions;
    }

    /// <summary>Commits changes.</summary>
    /// <param name="partitions">The gallery's partitions.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="lanes">How many transactions at once.</param>
    /// <param name="inFlight">How many changes wait for their verdict at once.</param>
    /// <returns>When all are durable and published.</returns>
    public async Task WriteAsync(LocalPartition[] partitions, IdentityChange[] changes, int lanes, int inFlight)
    {
        CommitLane[] all = [.. Enumerable.Range(0, lanes).Select(_ => new CommitLane(
            store, new CommitterOptions(), new PartitionOptions().LeaseTime, _health,
            new GrainsInstruments(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System,
            NullLogger.Instance))];
        try
        {
            int next = -1;
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < changes.Length;)
                {
                    int partition = PartitionFunction.PartitionOf(changes[i].IdentityId, partitions.Length);
                    await all[partition % lanes].CommitAsync(partitions[partition], changes[i]);
                }
            })));
        }
        finally
        {
            Array.ForEach(all, lane => lane.Dispose());
        }
    }

    public void Dispose() => _services.Dispose();
}
