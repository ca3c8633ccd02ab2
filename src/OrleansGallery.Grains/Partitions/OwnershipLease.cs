using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Asks the store again and again whether this silo still owns what it answers from. A silo that is cut off from the
/// store says so in its answers; one whose partition was taken meanwhile, or whose store has lost commits of it,
/// answers nothing from it any more.
/// </summary>
internal sealed partial class OwnershipLease(
    LocalPartitions partitions, IGalleryStore store, IOptions<PartitionOptions> options, TimeProvider time,
    ILogger<OwnershipLease> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly SiloLoop _loop = new();
    private bool _isAway;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        _loop.RunWith(observer, nameof(OwnershipLease), ServiceLifecycleStage.RuntimeGrainServices, RunAsync);

    /// <summary>How long ago the store last said that it has a partition as this silo does.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>The age.</returns>
    public TimeSpan AgeOf(LocalPartition partition) => time.GetElapsedTime(partition.Confirmed);

    /// <summary>Whether that is recent enough to answer without a reservation.</summary>
    /// <param name="partition">The partition.</param>
    /// <returns>True where it is.</returns>
    public bool IsConfirmed(LocalPartition partition) => AgeOf(partition) < options.Value.LeaseTime;

    /// <inheritdoc />
    public void Dispose() => _loop.Dispose();

    /// <summary>Asks once.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        foreach (LocalPartition partition in partitions.All)
        {
            if (partition.IsLeaving
                && time.GetElapsedTime(partition.Left) > options.Value.LoadTime + options.Value.LeaseTime)
            {
                partition.GiveUp("It was handed over, and nobody came for it; nothing was written.");
            }
        }

        // A partition whose outcome is being found out changes its epoch: it is asked for next time. One that is lent
        // keeps it.
        ILookup<bool, LocalPartition> held = partitions.All
            .Where(partition => partition.Hold == PartitionHold.Owned || partition.IsLent)
            .ToLookup(partition => partition.IsTaken);
        await ConfirmTakenAsync(
            [.. held[true].Select(partition => (partition, partition.Held, partition.Sequence))], cancellationToken);
        foreach (LocalPartition partition in held[false])
        {
            long asked = time.GetTimestamp();
            PartitionState? state = await store.ReadPartitionAsync(partition.Key, cancellationToken);
            if (partition.IsAsLoaded(state))
            {
                partition.Confirm(asked);
            }
            else if (!partition.IsTaken && partition.Hold == PartitionHold.Owned
                && state?.Owner != partition.Held.Owner)
            {
                LoseTaken(partition);
            }
        }
    }

    private async Task ConfirmTakenAsync(
        (LocalPartition Partition, PartitionOwner Held, long Acknowledged)[] taken, CancellationToken cancellationToken)
    {
        if (taken.Length == 0)
        {
            return;
        }

        long asked = time.GetTimestamp();
        IReadOnlyList<long?> sequences = await store.ConfirmOwnersAsync(
            [.. taken.Select(one => one.Held)], cancellationToken);
        for (int i = 0; i < taken.Length; i++)
        {
            (LocalPartition partition, PartitionOwner held, long acknowledged) = taken[i];
            if (sequences[i] is { } stored && partition.Explains(stored, acknowledged))
            {
                partition.Confirm(asked);
            }
            else if (partition.IsStill(held))
            {
                Lose(partition, sequences[i], acknowledged);
            }
        }
    }

    private void Lose(LocalPartition partition, long? stored, long acknowledged)
    {
        if (stored is null)
        {
            // The new owner acknowledges nothing before it has heard that this silo answers no more, or has waited for
            // the lease to end.
            if (!partition.IsLeaving || !IsConfirmed(partition))
            {
                LoseTaken(partition);
            }
        }
        else
        {
            Log.Differs(logger, stored.Value, partition.Key.Gallery, partition.Key.Partition, acknowledged);
            partition.GiveUp(
                $"The store is at sequence {stored} of the partition, where {acknowledged} was acknowledged; it is "
                + "loaded anew, and nothing was written.");
        }
    }

    private void LoseTaken(LocalPartition partition)
    {
        Log.Taken(logger, partition.Key.Gallery, partition.Key.Partition);
        partition.GiveUp("The partition was taken by another silo; nothing was written.");
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // One attempt may not outlast the lease: the store's own patience is longer.
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                limit.CancelAfter(options.Value.LeaseTime);
                await ConfirmAsync(limit.Token);
                _isAway = false;
            }
#pragma warning disable CA1031 // Whatever it is: answers say by themselves that they are not confirmed.
            catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (!_isAway)
                {
                    Log.NotConfirmed(logger, exception);
                }

                _isAway = true;
            }

            await Task.Delay(options.Value.ConfirmInterval, time, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning, "The store does not confirm what this silo owns; searches go on and say so")]
        public static partial void NotConfirmed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "Partition {Partition} of gallery {Gallery} has a new owner")]
        public static partial void Taken(ILogger logger, long gallery, int partition);

        [LoggerMessage(
            LogLevel.Error,
            "The store is at sequence {Stored} of partition {Partition} of gallery {Gallery}, where {Acknowledged} "
            + "was acknowledged; the partition is loaded anew. Behind: was a standby promoted that had not all of it? "
            + "Then send again what was acknowledged last. Ahead: somebody else has written there")]
        public static partial void Differs(
            ILogger logger, long stored, long gallery, int partition, long acknowledged);
    }
}
