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

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly SiloLoop _loop = new();
    private readonly Dictionary<long, (TimeSpan Pause, DateTimeOffset Until)> _failed = [];

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        _loop.RunWith(observer, nameof(CalibrationUpkeep), ServiceLifecycleStage.Active, RunAsync);

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    /// <summary>Looks at every gallery once, but for those whose last renewal failed a short while ago.</summary>
    /// <param name="stopping">Ends it.</param>
    internal async Task RenewAsync(CancellationToken stopping)
    {
        foreach (long number in partitions.All.Where(partition => partition.Key.Partition == 0)
            .Select(partition => partition.Key.Gallery).ToArray())
        {
            if (_failed.TryGetValue(number, out (TimeSpan Pause, DateTimeOffset Until) last)
                && time.GetUtcNow() < last.Until)
            {
                continue;
            }

            try
            {
                if (await store.FindGalleryAsync(number, stopping) is { } record
                    && StoredSettings.Of(record).Calibration is not null
                    && await grains.GalleryGrain(record.Name).RenewCalibrationAsync(stopping))
                {
                    Log.Renewed(logger, record.Name);
                }

                _failed.Remove(number);
            }
            catch (CalibrationImpossibleException exception)
            {
                // Its grain knows when it is worth another try; its answers say that it is stale.
                Log.Impossible(logger, number, exception);
            }
#pragma warning disable CA1031 // Nobody waits for it; it is tried again.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                TimeSpan pause = last.Pause == TimeSpan.Zero ? Pause : 2 * last.Pause;
                pause = pause < LongestPause ? pause : LongestPause;
                _failed[number] = (pause, time.GetUtcNow() + pause);
                Log.NotRenewed(logger, number, pause, exception);
            }
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stopping);
            await RenewAsync(stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Gallery '{Gallery}' has doubled and was calibrated again")]
        public static partial void Renewed(ILogger logger, string gallery);

        [LoggerMessage(
            LogLevel.Warning, "Gallery {Gallery} cannot be calibrated again; it is tried when more are enrolled")]
        public static partial void Impossible(ILogger logger, long gallery, Exception exception);

        [LoggerMessage(
            LogLevel.Information, "Gallery {Gallery} could not be calibrated again; it is tried after {Pause}")]
        public static partial void NotRenewed(ILogger logger, long gallery, TimeSpan pause, Exception exception);
    }
}
