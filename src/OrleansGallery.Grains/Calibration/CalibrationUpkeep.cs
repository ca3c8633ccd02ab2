using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Calibrates galleries again that have doubled since, each from the silo that holds its first partition; one that
/// nobody uses is on none, and waits. The measuring leaves half of the time to others.
/// </summary>
internal sealed partial class CalibrationUpkeep(
    IGalleryStore store, IGrainFactory grains, LocalPartitions partitions, TimeProvider time,
    ILogger<CalibrationUpkeep> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly SiloLoop _loop = new();

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        _loop.RunWith(observer, nameof(CalibrationUpkeep), ServiceLifecycleStage.Active, RunAsync);

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    /// <summary>Looks at every gallery once.</summary>
    /// <param name="stopping">Ends it.</param>
    internal async Task RenewAsync(CancellationToken stopping)
    {
        foreach (long number in partitions.All.Where(partition => partition.Key.Partition == 0)
            .Select(partition => partition.Key.Gallery).ToArray())
        {
            try
            {
                if (await store.FindGalleryAsync(number, stopping) is { } record
                    && StoreRecords.ToSettings(record).Calibration is not null
                    && await grains.GalleryGrain(record.Name).RenewCalibrationAsync(stopping))
                {
                    Log.Renewed(logger, record.Name);
                }
            }
            catch (Exception exception) when (exception is StoreAwayException
                || (ClusterFailures.Translate(exception) is not null && !stopping.IsCancellationRequested))
            {
                // Its answers say that it is stale.
                Log.NotRenewed(logger, number, exception);
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stopping);
            try
            {
                await RenewAsync(stopping);
            }
#pragma warning disable CA1031 // Nobody waits for it; the next round tries again.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Gallery '{Gallery}' has doubled and was calibrated again")]
        public static partial void Renewed(ILogger logger, string gallery);

        [LoggerMessage(LogLevel.Information, "Gallery {Gallery} could not be calibrated again; it is tried later")]
        public static partial void NotRenewed(ILogger logger, long gallery, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The upkeep of calibrations failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
