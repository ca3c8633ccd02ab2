using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Finds out, per partition and beside everything else, whether a commit happened whose answer was lost. It may have
/// happened, or its statement may still be waiting in the database. Taking the partition anew settles it: the new epoch
/// keeps the old statement out, and the token that comes back says what happened before.
/// </summary>
internal sealed partial class OutcomeSearch(
    IGalleryStore store, CommitterOptions options, StoreHealth health, TimeProvider time, ILogger logger,
    Action<IReadOnlyList<ChangeTicket>> resume, CancellationToken stopping) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    // Each may wait for a lock: the store's connections are needed for commits of sound partitions, too.
    private const int RetakesAtOnce = 2;

    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly SemaphoreSlim _room = new(RetakesAtOnce);

    /// <summary>Begins to find out; the partition takes no other commit meanwhile.</summary>
    /// <param name="share">What was sent.</param>
    /// <param name="token">The commit's token.</param>
    /// <param name="cause">Why its outcome is unknown.</param>
    public void Begin(CommitShare share, Guid token, Exception cause)
    {
        share.Partition.MarkDoubtful();
        Track(Task.Run(() => FindOutAsync(share, token, cause), CancellationToken.None));
    }

    /// <summary>Waits for the end of another partition's commit; the partition takes no other one meanwhile. What is
    /// not heard in time is found out.</summary>
    /// <param name="share">This partition's share of it.</param>
    /// <param name="loan">Tells how it ended.</param>
    public void BeginLoan(CommitShare share, Loan loan)
    {
        share.Partition.MarkLent();
        Track(Task.Run(() => EndLoanAsync(share, loan), CancellationToken.None));
    }

    /// <inheritdoc />
    public void Dispose() => _room.Dispose();

    /// <summary>When all that have begun have ended.</summary>
    public Task WhenDoneAsync() => Task.WhenAll(_running.Keys);

    /// <summary>Publishes the rows of a share that the store has accepted.</summary>
    /// <param name="share">The share.</param>
    /// <returns>False: they could not be; the partition is given up, to be loaded anew, and its callers have heard.
    /// </returns>
    public bool TryPublish(CommitShare share)
    {
        try
        {
            share.Partition.Publish(share.Draft);
            return true;
        }
#pragma warning disable CA1031 // A defect must not leave rows that are not what the store has.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotPublished(logger, share.Partition.Key.Gallery, share.Partition.Key.Partition, exception);
            GiveUp(share, new RetryException(
                "The change was written, but could not be searched; its partition is loaded anew. "
                + exception.Message));
            return false;
        }
    }

    private void Track(Task search)
    {
        _running[search] = true;
        search.ContinueWith(
            done => _running.TryRemove(done, out _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task EndLoanAsync(CommitShare share, Loan loan)
    {
        LoanEnd end = await loan.WaitAsync(options.LoanTime, time, stopping);
        if (end == LoanEnd.Unknown)
        {
            // From here on its epoch is not what the store has.
            share.Partition.MarkDoubtful();
            await FindOutAsync(share, loan.Token, new RetryException("The operation was given up, or its silo."));
            return;
        }

        if (end == LoanEnd.Written && !TryPublish(share))
        {
            return;
        }

        IReadOnlyList<ChangeTicket> parked = share.Partition.Settle(share.Draft.Held.Epoch);
        if (end == LoanEnd.Written)
        {
            share.Accept();
        }
        else
        {
            share.Refuse(NotWritten("The operation was given up, and nothing was written."));
        }

        resume(parked);
    }

    private async Task FindOutAsync(CommitShare share, Guid token, Exception cause)
    {
        (PartitionPosition? position, bool reached) = await RetakeAsync(share.Partition);
        if (position is null)
        {
            GiveUp(share, new RetryException(reached
                ? $"Partition {share.Partition.Key.Partition} of gallery number {share.Partition.Key.Gallery} has a "
                    + "new owner, or is gone; whether the change was written before is unknown."
                : $"The store failed, or did not answer for {options.StoreTimeout}; whether the change was written is "
                    + $"unknown. The cause: {cause.Message}"));
            return;
        }

        bool happened = position.Token == token;
        if (position.Sequence != share.Draft.Sequence - (happened ? 0 : 1))
        {
            GiveUp(share, new RetryException(
                $"Partition {share.Partition.Key.Partition} is at sequence {position.Sequence}, where a commit of "
                + $"{share.Draft.Sequence} was under way; whether the change was written is unknown."));
            return;
        }

        if (happened && !TryPublish(share))
        {
            return;
        }

        IReadOnlyList<ChangeTicket> parked = share.Partition.Settle(position.Epoch);
        if (happened)
        {
            health.OnWritten();
            share.Accept();
        }
        else
        {
            share.Refuse(NotWritten($"The store failed, and nothing was written: {cause.Message}"));
        }

        resume(parked);
    }

    // Tried at least once. A store that answers that it takes no writes is not waited for: the partition is loaded
    // anew, which tells what happened.
    private async Task<(PartitionPosition? Position, bool Reached)> RetakeAsync(LocalPartition partition)
    {
        long started = time.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return (await TryRetakeAsync(partition), true);
            }
            catch (StoreAwayException exception) when (exception.Reason != StoreAwayReason.Unreachable)
            {
                health.OnFailed(exception);
                return (null, false);
            }
            catch (StoreAwayException exception)
            {
                health.OnFailed(exception);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return (null, false);
            }
#pragma warning disable CA1031 // The store is away: this loop is what waits for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.StoreAway(logger, partition.Key.Gallery, partition.Key.Partition, exception);
            }

            if (time.GetElapsedTime(started) + pause > options.StoreTimeout)
            {
                return (null, false);
            }

            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                return (null, false);
            }
        }
    }

    private async Task<PartitionPosition?> TryRetakeAsync(LocalPartition partition)
    {
        await _room.WaitAsync(stopping);
        try
        {
            return await store.RetakePartitionAsync(partition.Held, stopping);
        }
        finally
        {
            _room.Release();
        }
    }

    private static RetryException NotWritten(string message) => new(message) { NothingWritten = true };

    private void GiveUp(CommitShare share, RetryException exception)
    {
        Log.PartitionLost(logger, share.Partition.Key.Gallery, share.Partition.Key.Partition);
        share.Partition.GiveUp(
            $"Partition {share.Partition.Key.Partition} of gallery number {share.Partition.Key.Gallery} is given up "
            + "here; nothing was written.");
        share.Refuse(exception);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The store does not answer for partition {Partition} of gallery {Gallery}")]
        public static partial void StoreAway(ILogger logger, long gallery, int partition, Exception exception);

        [LoggerMessage(
            LogLevel.Warning, "Partition {Partition} of gallery {Gallery} is given up and will be loaded anew")]
        public static partial void PartitionLost(ILogger logger, long gallery, int partition);

        [LoggerMessage(
            LogLevel.Critical, "Committed rows of partition {Partition} of gallery {Gallery} could not be published")]
        public static partial void NotPublished(ILogger logger, long gallery, int partition, Exception exception);
    }
}
