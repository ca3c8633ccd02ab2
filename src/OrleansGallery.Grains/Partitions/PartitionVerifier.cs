using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Proves a partition: what the images add up to, what the store's sums say, what this silo searches.
/// </summary>
internal sealed class PartitionVerifier(IGalleryStore store)
{
    private const int Attempts = 5;

    /// <summary>Recomputes and compares; repeats while commits come in between the read and the comparison.</summary>
    public async Task<VerificationReport> VerifyAsync(
        LocalPartition partition, int dimension, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            PartitionSummary before = partition.Describe();
            PartitionAudit audit = new(dimension);
            await store.AuditPartitionAsync(partition.Key, audit, cancellationToken);
            VerificationReport report = audit.Finish();
            PartitionSummary after = partition.Describe();
            if (before.Sequence == after.Sequence && audit.Sequence == after.Sequence)
            {
                return report.Hash == after.Hash
                    ? report
                    : Add(report, $"Partition {partition.Key.Partition}: this silo searches {after.Hash}, "
                        + $"the images make {report.Hash}.");
            }

            if (attempt == Attempts)
            {
                // Under load the store was proven against itself, at the sequence that was read.
                return report;
            }
        }
    }

    private static VerificationReport Add(VerificationReport report, string difference) =>
        report with { Differences = [.. report.Differences, difference] };
}
