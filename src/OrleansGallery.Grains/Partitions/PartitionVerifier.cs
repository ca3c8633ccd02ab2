using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Proves a partition: what the images add up to, what the store's sums, rows and totals say, what is searched. It runs
/// beside the partition's grain and never as a request of it, so that it holds up nothing and no move waits for it.
/// </summary>
internal sealed class PartitionVerifier(IGalleryStore store, PartitionPlaces places, SiloPartitionsClient silos)
{
    private const int Attempts = 5;

    /// <summary>Recomputes and compares; repeats while commits come in between the read and the comparison.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="gallery">Its gallery.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was read and what differed.</returns>
    public async Task<VerificationReport> VerifyAsync(
        PartitionKey key, Gallery gallery, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            PartitionSummary? before = await DescribeAsync(key);
            PartitionAudit audit = new(gallery.Dimension, gallery.Settings.Keep == PictureKeep.Original);
            await store.AuditPartitionAsync(key, audit, cancellationToken);
            VerificationReport report = audit.Finish();
            PartitionSummary? after = await DescribeAsync(key);
            if (before is null || after is null)
            {
                // Nobody searches it now, or it moves: the store was proven against itself.
                return report;
            }

            if (before.Sequence == after.Sequence && audit.Sequence == after.Sequence)
            {
                return report.Hash == after.Hash
                    ? report
                    : Add(report, $"Partition {key.Partition}: its silo searches {after.Hash}, the images make "
                        + $"{report.Hash}.");
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

    private async Task<PartitionSummary?> DescribeAsync(PartitionKey key)
    {
        try
        {
            return places.Find(key) is { } place ? await silos.On(place.Silo).DescribeAsync(key.Gallery, key.Partition)
                : null;
        }
        catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
        {
            return null;
        }
    }
}
