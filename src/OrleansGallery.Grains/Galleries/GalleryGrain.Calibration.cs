using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

internal sealed partial class GalleryGrain
{
    // A renewal that was impossible is tried again with a tenth more.
    private const double GrowthToTryAgain = 1.1;

    private (DateTimeOffset MeasuredAt, long Identities, long Images)? _impossible;

    /// <inheritdoc />
    public async Task<CalibrationResponse> CalibrateAsync(CalibrateRequest request, CancellationToken cancellationToken)
    {
        GallerySummary summary = await DescribeAsync(withPictures: false);
        CalibrationResponse measured = await calibration.MeasureAsync(summary, request, cancellationToken);
        return request.Apply
            ? (await ApplyAsync(summary.Gallery.Number, measured with { Applied = true }, replaced: null))!
            : measured;
    }

    /// <inheritdoc />
    public async Task<bool> RenewCalibrationAsync(CancellationToken cancellationToken)
    {
        GallerySummary summary = await DescribeAsync(withPictures: false);
        if (summary.Gallery.Calibration is not { Stale: true } old)
        {
            return false;
        }

        if (_impossible is { } last && last.MeasuredAt == old.MeasuredAt
            && summary.Identities < last.Identities * GrowthToTryAgain
            && summary.Images < last.Images * GrowthToTryAgain)
        {
            return false;
        }

        CalibrationResponse measured;
        try
        {
            measured = await calibration.MeasureAsync(
                summary, new CalibrateRequest { Fpir = old.Fpir, Seed = old.Seed, Apply = true }, cancellationToken,
                isSlow: true);
        }
        catch (CalibrationImpossibleException)
        {
            _impossible = (old.MeasuredAt, summary.Identities, summary.Images);
            throw;
        }

        return await ApplyAsync(summary.Gallery.Number, measured with { Applied = true }, old.MeasuredAt) is not null;
    }

    /// <inheritdoc />
    public async Task<CalibrationResponse> GetCalibrationAsync()
    {
        GallerySummary summary = await DescribeAsync(withPictures: false);
        GalleryRecord? record = await store.FindGalleryAsync(summary.Gallery.Number, CancellationToken.None);
        CalibrationResponse found = StoredSettings.Of(record ?? throw NotFound()).Calibration
            ?? throw new CalibrationNotFoundException($"Gallery '{Name}' was not calibrated.");
        return found with { Stale = found.IsStaleFor(summary.Identities, summary.Images) };
    }

    private static Gallery Mark(Gallery gallery, IReadOnlyList<PartitionState> partitions) =>
        gallery.Calibration is not { } calibration ? gallery : gallery with
        {
            Calibration = calibration with
            {
                Stale = calibration.IsStaleFor(
                    partitions.Sum(partition => partition.Totals.Identities),
                    partitions.Sum(partition => partition.Totals.Images)),
            },
        };

    // Null: another calibration than the one to be replaced was applied meanwhile.
    private async Task<CalibrationResponse?> ApplyAsync(
        long number, CalibrationResponse measured, DateTimeOffset? replaced)
    {
        GalleryRecord record = await store.FindGalleryAsync(number, CancellationToken.None) ?? throw NotFound();
        StoredSettings old = StoredSettings.Of(record);
        if (replaced is not null && old.Calibration?.MeasuredAt != replaced)
        {
            return null;
        }

        string settings = (old with { Calibration = measured }).ToText();
        bool isStored;
        try
        {
            isStored = await writes.RunAsync(
                writer => writer.PutSettingsAsync(number, record.Settings, settings, CancellationToken.None));
        }
        finally
        {
            // Whatever came of it, the store knows.
            _changes++;
            _gallery = null;
        }

        return isStored
            ? measured
            : throw new RetryException($"The settings of gallery '{Name}' changed meanwhile; ask again.")
            {
                NothingWritten = true,
            };
    }
}
