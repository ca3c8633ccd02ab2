using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using Match = OrleansGallery.Retrieval.Match;
using WireMatch = OrleansGallery.Abstractions.Match;

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

        return Array.ConvertAll(answers, answer => ToWire(answer, owned));
    }

    private static SiloScanAnswer ToWire(ScanAnswer answer, List<LocalPartition> owned)
    {
        ScanEvidence evidence = answer.Evidence;
        return new SiloScanAnswer
        {
            Matches = [.. answer.Matches.Select(ToWire)],
            Answered = [.. Enumerable.Range(0, owned.Count)
                .Where(i => evidence.Tables[i].Complete)
                .Select(i => owned[i].Key.Partition)],
            RowsScanned = evidence.RowsScanned,
            RowsRescored = evidence.RowsRescored,
            Stages = new ScanStages
            {
                ProjectedBounded = evidence.Projected.Bounded,
                ProjectedPassed = evidence.Projected.Passed,
                QuantizedBounded = evidence.Quantized.Bounded,
                QuantizedPassed = evidence.Quantized.Passed,
                FlatBounded = evidence.Flat.Bounded,
                FlatPassed = evidence.Flat.Passed,
                LargestDropped = evidence.LargestDropped,
            },
            IsCut = !answer.Complete,
        };
    }

    private static WireMatch ToWire(Match match) => new()
    {
        IdentityId = match.IdentityId,
        Score = match.Score,
        Count = match.Count,
    };
}
