using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Moves partitions of this silo to others: the target reads a partition ahead while this silo goes on, then the
/// partition switches, and the target reads only what changed meanwhile.
/// </summary>
internal sealed partial class PartitionMoves(
    IGrainFactory grains, SiloPartitionsClient silos, TimeProvider time, ILogger<PartitionMoves> logger)
{
    private readonly ConcurrentDictionary<PartitionKey, PartitionMove> _running = new();

    /// <summary>What is under way.</summary>
    public IReadOnlyList<PartitionMove> Running => [.. _running.Values];

    /// <summary>Moves one; a failure leaves it where it is, or lets the target load it in full.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="to">The silo.</param>
    /// <param name="cancellationToken">Ends the attempt before the switch.</param>
    /// <returns>When it is there, or the attempt failed.</returns>
    public async Task MoveAsync(LocalPartition partition, SiloAddress to, CancellationToken cancellationToken)
    {
        PartitionKey key = partition.Key;
        PartitionMove move = new() { Gallery = key.Gallery, Partition = key.Partition, To = to };
        if (!_running.TryAdd(key, move))
        {
            return;
        }

        long started = time.GetTimestamp();
        try
        {
            IPartitionGrain grain = grains.PartitionGrain(
                key.Gallery, partition.GalleryPartitions, key.Partition);
            if (partition.IsLeaving)
            {
                // It was handed over already, and is being loaded, or waits for somebody who asks for it.
                await grain.LocateAsync().WaitAsync(cancellationToken);
                return;
            }

            if (!await silos.On(to).PrefetchAsync(key.Gallery, key.Partition, cancellationToken))
            {
                return;
            }

            TimeSpan prefetch = time.GetElapsedTime(started);
            await grain.MoveAsync(to).WaitAsync(cancellationToken);
            await grain.LocateAsync().WaitAsync(cancellationToken);
            Log.Moved(
                logger, key.Gallery, key.Partition, to, prefetch.TotalMilliseconds,
                (time.GetElapsedTime(started) - prefetch).TotalMilliseconds);
        }
#pragma warning disable CA1031 // It is where it was, or nowhere until it is asked for; the next round goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotMoved(logger, key.Gallery, key.Partition, to, exception);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug,
            "Partition {Partition} of gallery {Gallery} moved to {Silo}: read ahead in {Prefetch:0} ms, switched in "
            + "{Switch:0} ms")]
        public static partial void Moved(
            ILogger logger, long gallery, int partition, SiloAddress silo, double prefetch, double @switch);

        [LoggerMessage(LogLevel.Information, "Partition {Partition} of gallery {Gallery} could not move to {Silo}")]
        public static partial void NotMoved(
            ILogger logger, long gallery, int partition, SiloAddress silo, Exception exception);
    }
}
