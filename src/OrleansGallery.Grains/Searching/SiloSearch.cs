using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansGallery.Storage;
using OrleansGallery.Retrieval;
using WireMatch = OrleansGallery.Abstractions.Match;

namespace OrleansGallery.Grains;

/// <summary>
/// Scans this silo's partitions on pool threads, off every grain's turns. Reentrant: it has no state of its own.
/// </summary>
[Reentrant]
internal sealed class SiloSearch(
    GrainId id, Silo silo, ILoggerFactory loggers, LocalPartitions partitions, ScanSlots slots)
    : GrainService(id, silo, loggers), ISiloSearch
{
    /// <inheritdoc />
    public async Task<SiloScanAnswer> ScanAsync(SiloScanRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(request.Deadline);
        return await slots.RunAsync(threads => Scan(request, threads, deadline.Token));
    }

    private SiloScanAnswer Scan(SiloScanRequest request, int threads, CancellationToken deadline)
    {
        List<LocalPartition> owned = new(request.Partitions.Count);
        foreach (int number in request.Partitions)
        {
            if (partitions.Find(new PartitionKey(request.Gallery, number)) is { } partition)
            {
                owned.Add(partition);
            }
        }

        ScanQuery query = new(request.Query.Components, request.Top);
        ScanAnswer answer;
        do
        {
            // Rows of a partition that was taken meanwhile may be stale, and may have kept better ones out of the
            // answer: without it, then.
            owned.RemoveAll(partition => partition.IsLost);
            answer = TableScanner.Scan(query, [.. owned.Select(partition => partition.Rows)], threads, deadline);
        }
        while (owned.Exists(partition => partition.IsLost));

        return new SiloScanAnswer
        {
            Matches = [.. answer.Matches.Select(match => new WireMatch
            {
                IdentityId = match.IdentityId,
                Score = match.Score,
                Count = match.Count,
            })],
            Answered = [.. Enumerable.Range(0, owned.Count)
                .Where(i => answer.Evidence.Tables[i].Complete)
                .Select(i => owned[i].Key.Partition)],
            RowsScanned = answer.Evidence.RowsScanned,
            RowsRescored = answer.Evidence.RowsRescored,
        };
    }
}
