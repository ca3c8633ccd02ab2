using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Scans this silo's partitions for some requests at once: rows loaded once serve all of them.</summary>
internal sealed class PartitionScanner(
    LocalPartitions partitions, PartitionPlaces places, OwnershipLease lease, TimeProvider time)
{
    /// <summary>Called when rows were scanned and before their partitions are looked at again; for tests.</summary>
    internal Action? AfterScan { get; set; }

    /// <summary>Scans.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="numbers">Its partitions that this silo is thought to hold.</param>
    /// <param name="queries">What to look for.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="deadline">Ends the scan with what it has.</param>
    /// <returns>An answer per query.</returns>
    /// <exception cref="InvalidRequestException">A facet is left out, and there are too many of them.</exception>
    public SiloScanAnswer[] Scan(
        long gallery, IReadOnlyList<int> numbers, IReadOnlyList<ScanQuery> queries, int threads,
        CancellationToken deadline)
    {
        long started = time.GetTimestamp();
        List<LocalPartition> held = new(numbers.Count);
        foreach (int number in numbers)
        {
            if (partitions.Find(new PartitionKey(gallery, number)) is { } partition)
            {
                partition.Touch(time);
                held.Add(partition);
            }
        }

        ScanAnswer[] answers;
        do
        {
            // Rows of a partition that was taken meanwhile may be stale, and may have kept better ones out of the
            // answers: without it, then.
            held.RemoveAll(partition => partition.IsLost);
            answers = Scan(queries, [.. held.Select(partition => partition.Rows)], threads, deadline);
            AfterScan?.Invoke();
        }
        while (held.Exists(partition => partition.IsLost));

        PartitionPlace[] elsewhere =
        [
            .. numbers.Except(held.Select(partition => partition.Key.Partition))
                .Select(number => places.Find(new PartitionKey(gallery, number))).OfType<PartitionPlace>(),
        ];
        bool isConfirmed = held.TrueForAll(lease.IsConfirmed);
        TimeSpan scanTime = time.GetElapsedTime(started);
        return Array.ConvertAll(
            answers,
            answer => Report(answer, held, elsewhere) with { IsConfirmed = isConfirmed, ScanTime = scanTime });
    }

    private static ScanAnswer[] Scan(
        IReadOnlyList<ScanQuery> queries, FacetedTable[] tables, int threads, CancellationToken deadline) =>
        queries[0].ExcludedFacet is null
            ? TableScanner.ScanAll(queries, Array.ConvertAll(tables, table => table.Whole), threads, deadline)
            : FacetScanner.TryScanAll(queries, tables, threads, deadline)
                ?? throw new InvalidRequestException(
                    $"A facet can be left out where a partition has at most {FacetedTable.MaxFacets} of them; this "
                    + "gallery has more. Enrol with facets that are conditions, as cameras are.");

    private static SiloScanAnswer Report(ScanAnswer answer, List<LocalPartition> held, PartitionPlace[] elsewhere)
    {
        int[] complete = [.. Enumerable.Range(0, held.Count).Where(i => answer.Tables[i].Complete)];
        return new SiloScanAnswer
        {
            Matches = answer.Matches,
            Answered = [.. complete.Select(i => held[i].Key.Partition)],
            Sequences = [.. complete.Select(i => answer.Tables[i].Sequence)],
            Evidence = answer.Evidence,
            IsCut = !answer.Complete,
            Held = [.. held.Select(partition => partition.Key.Partition)],
            Elsewhere = elsewhere,
        };
    }
}
