using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>What waits on this silo and what it holds, asked whenever somebody collects it.</summary>
internal sealed class SiloGauges(
    GrainsInstruments instruments, SiloCommitter committer, ScanQueue scans, LocalPartitions partitions,
    StoreHealth health)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(SiloGauges), ServiceLifecycleStage.Active, _ =>
        {
            Add("gallery.commit.queue.length", "{change}", "Changes that wait for the committer",
                () => committer.Queued);
            Add("gallery.scan.queue.length", "{request}", "Searches that wait for a scan", () => scans.Waiting);
            Add("gallery.partitions", "{partition}", "Partitions that this silo holds", () => partitions.All.Count());
            Add("gallery.rows", "{row}", "Centroids in them", () => Sum(totals => totals.Rows));
            Add("gallery.identities", "{identity}", "Identities in them", () => Sum(totals => totals.Identities));
            Add("gallery.images", "{image}", "Images in them", () => Sum(totals => totals.Images));
            Add("gallery.store.failing", "{store}", "1 while the store takes no writes, else 0",
                () => health.Failure is null ? 0 : 1);
            return Task.CompletedTask;
        });

    private void Add(string name, string unit, string description, Func<long> read) =>
        instruments.Meter.CreateObservableUpDownCounter(name, read, unit, description);

    private long Sum(Func<StoredTotals, long> part) => partitions.All.Sum(partition => part(partition.Totals));
}
