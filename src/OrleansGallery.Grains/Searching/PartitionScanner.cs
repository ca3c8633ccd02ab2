using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Scans this silo's partitions for some requests at once: rows loaded once serve all of them.</summary>
internal sealed class PartitionScanner(LocalPartitions partitions)
{
    /// <summary>Called when rows were scanned and before their partitions are looked at again; for tests.</summary>
    internal Action? AfterScan { get; set; }

    /// <summary>Scans.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="numbers">Its partitions that this silo is thought to own.</param>
    /// <param name="queries">What to look for.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="deadline">Ends the scan with what it has.</param>
    /// <returns>An answer per query.</returns>
    public SiloScanAnswer[] Scan(
        long gallery, IReadOnlyList<int> numbers, IReadOnlyList<ScanQuery> queries, int threads,
        CancellationToken deadline)
    {
        List<LocalPartition> owned = new(numbers.Count);
        foreach (int number in numbers)
        {
            if (partitions.Find(new PartitionKey(gallery, number)) is { } partition)
            {
                owned.Add(partition);
            }
        }

        ScanAnswer[] answers;
        do
        {
            // Rows of a partition that was taken meanwhile may be stale, and may have kept better ones out of the
            // answers: without it, then.
            owned.RemoveAll(partition => partition.IsLost);
            answers = TableScanner.ScanAll(queries, [.. owned.Select(partition => partition.Rows)], threads, deadline);
            AfterScan?.Invoke();
        }
        while (owned.Exists(partition => partition.IsLost));

        return Array.ConvertAll(answers, answer => Report(answer, owned));
    }

    private static SiloScanAnswer Report(ScanAnswer answer, List<LocalPartition> owned) => new()
    {
        Matches = answer.Matches,
        Answered = [.. Enumerable.Range(0, owned.Count)
            .Where(i => answer.Tables[i].Complete)
            .Select(i => owned[i].Key.Partition)],
        Evidence = answer.Evidence,
        IsCut = !answer.Complete,
    };
}
