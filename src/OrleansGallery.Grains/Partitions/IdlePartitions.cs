using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansGallery.Grains;

/// <summary>Lets go of partitions that nobody used for a while, so that a gallery that nobody searches costs no
/// memory.</summary>
internal sealed partial class IdlePartitions(
    LocalPartitions partitions, PrefetchedPartitions prefetched, IOptions<PartitionOptions> options, TimeProvider time,
    ILogger<IdlePartitions> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    // How late one may be, as a share of the time it may be idle.
    private const int Rounds = 20;

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMinutes(1);

    private ITimer? _timer;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(IdlePartitions), ServiceLifecycleStage.Active,
        _ =>
        {
            TimeSpan period = options.Value.IdleTime / Rounds < LongestPeriod
                ? options.Value.IdleTime / Rounds
                : LongestPeriod;
            _timer = time.CreateTimer(_ => Sweep(), null, period, period);
            return Task.CompletedTask;
        },
        _ =>
        {
            Dispose();
            return Task.CompletedTask;
        });

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    /// <summary>Ends the idle ones.</summary>
    internal void Sweep()
    {
        prefetched.Sweep();
        foreach (LocalPartition partition in partitions.All)
        {
            // One that is leaving ends by itself.
            if (!partition.IsLeaving && time.GetElapsedTime(partition.LastUse) >= options.Value.IdleTime)
            {
                Log.Idle(logger, partition.Key.Gallery, partition.Key.Partition);
                partition.LetGo();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Partition {Partition} of gallery {Gallery} is idle and leaves memory")]
        public static partial void Idle(ILogger logger, long gallery, int partition);
    }
}
