using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansGallery.Grains;

/// <summary>
/// Moves this silo's partitions to where they belong after silos have come or gone, one or two at a time; and, when
/// this silo is told to stop, to those that stay, before it leaves the membership.
/// </summary>
internal sealed partial class PartitionBalancer(
    LocalPartitions partitions, PartitionOwnership ownership, PartitionMoves moves, SiloRoster roster,
    SiloPartitionsClient silos, ILocalSiloDetails self, IOptions<PartitionOptions> options, TimeProvider time,
    ILogger<PartitionBalancer> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(50);

    private readonly SiloLoop _loop = new();

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(PartitionBalancer), ServiceLifecycleStage.Last,
        _ =>
        {
            _loop.Start(RunAsync);
            return Task.CompletedTask;
        },
        async cancellationToken =>
        {
            // Before this silo leaves; two that move the same partition would pull it to and fro.
            await _loop.StopAsync();
            await Task.Run(() => DrainAsync(cancellationToken), CancellationToken.None);
        });

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    /// <summary>Hands everything over.</summary>
    /// <param name="cancellationToken">Ends it with what is done.</param>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.DrainTime);
        GallerySilo[] others = [.. roster.Current.OthersThan(self.SiloAddress)];
        roster.MarkDraining(self.SiloAddress);
        if (others.Length == 0 || options.Value.DrainTime == TimeSpan.Zero)
        {
            return;
        }

        await Task.WhenAll(others.Select(silo => TellAsync(silo.Address)));

        // Again where somebody came or went meanwhile, and for what arrives late.
        while (partitions.All.Any() && SomebodyStays() && !limit.IsCancellationRequested)
        {
            await MoveAllAsync(limit.Token);
            await Task.Delay(DrainPause, time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Log.Drained(logger, partitions.All.Count());
    }

    private bool SomebodyStays() =>
        roster.Current.OthersThan(self.SiloAddress).Any(silo => !roster.IsDraining(silo.Address));

    // What belongs elsewhere moves there, until nothing does or somebody comes or goes.
    private async Task MoveAllAsync(CancellationToken cancellationToken)
    {
        SiloRoster.Page page = roster.Current;
        (LocalPartition Partition, SiloAddress To)[] due =
        [
            .. from partition in partitions.All
               let owner = OwnerOf(partition)
               where owner is not null && !owner.Equals(self.SiloAddress)
               select (partition, owner),
        ];
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Value.MovesAtOnce, CancellationToken = cancellationToken,
            },
            async (one, token) =>
            {
                if (ReferenceEquals(roster.Current, page))
                {
                    await moves.MoveAsync(one.Partition, one.To, token);
                }
            }).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private SiloAddress? OwnerOf(LocalPartition partition)
    {
        IReadOnlyList<SiloAddress> owners = ownership.OwnersOf(
            partition.Key.Gallery, partition.GalleryPartitions);
        return owners.Count == 0 ? null : owners[partition.Key.Partition];
    }

    private async Task TellAsync(SiloAddress silo)
    {
        try
        {
            await silos.On(silo).DrainAsync(self.SiloAddress);
        }
#pragma warning disable CA1031 // It takes this silo for one that stays a little longer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotTold(logger, silo, exception);
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        SiloRoster.Page? seen = null;
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(options.Value.BalancePause, time, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            SiloRoster.Page page = roster.Current;
            if (!ReferenceEquals(page, seen))
            {
                // Somebody came or went: wait until it has been quiet for a while.
                seen = page;
                continue;
            }

            try
            {
                await MoveAllAsync(stopping);
            }
#pragma warning disable CA1031 // The next round does better, or says it again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.RoundFailed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "This silo has handed over; {Left} partitions are left")]
        public static partial void Drained(ILogger logger, int left);

        [LoggerMessage(LogLevel.Warning, "Partitions could not be balanced; it is tried again")]
        public static partial void RoundFailed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Debug, "Silo {Silo} did not hear that this one stops")]
        public static partial void NotTold(ILogger logger, SiloAddress silo, Exception exception);
    }
}
