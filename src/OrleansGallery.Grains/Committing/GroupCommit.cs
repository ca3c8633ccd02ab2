using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Writes a group of changes in one transaction and gives each its verdict. After the store's yes the rows of the whole
/// group are published before the first caller is answered. Runs on the committer's thread.
/// </summary>
internal sealed partial class GroupCommit(
    IGalleryStore store, CommitterOptions options, StoreHealth health, GrainsInstruments instruments,
    TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>Commits tickets; every one of them has its verdict when this returns.</summary>
    /// <param name="tickets">The tickets, each identity once.</param>
    public void Commit(IReadOnlyList<ChangeTicket> tickets)
    {
        List<Share> shares = [];
        foreach (IGrouping<LocalPartition, ChangeTicket> group in tickets.GroupBy(ticket => ticket.Partition))
        {
            Share share = new(group.Key, [.. group]);
            if (group.Key.IsLost)
            {
                share.Refuse(Moved(group.Key));
            }
            else if (group.Key.IsTaken || TryTake(share))
            {
                shares.Add(share);
            }
        }

        if (shares.Count > 0)
        {
            Write(shares);
        }
    }

    private static RetryException Moved(LocalPartition partition) => new(
        $"Partition {partition.Key.Partition} of gallery number {partition.Key.Gallery} has a new owner, or is gone; "
        + "nothing was written.");

    private void Write(List<Share> shares)
    {
        Guid token = Guid.NewGuid();
        IReadOnlyList<bool> applied;
        long started = time.GetTimestamp();
        try
        {
            applied = store.Commit([.. shares.Select(share => share.ToWrite(token))]);
        }
        catch (StoreDataException exception)
        {
            Split(shares, exception);
            return;
        }
        catch (StoreException exception) when (!exception.IsOutcomeUnknown)
        {
            StorageException failure = health.OnFailed(exception);
            shares.ForEach(share => share.Refuse(failure));
            return;
        }
#pragma warning disable CA1031 // Whatever else goes wrong, the outcome is unknown and must be found out.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutcomeUnknown(logger, shares.Count, exception);
            FindOut(shares, token, exception);
            return;
        }

        if (applied.Contains(true))
        {
            // Else nothing was: a full disk would do as well.
            health.OnWritten();
        }

        instruments.OnCommitted(shares.Sum(share => share.Tickets.Count), time.GetElapsedTime(started));
        List<Share> accepted = [];
        for (int i = 0; i < shares.Count; i++)
        {
            if (applied[i])
            {
                shares[i].Publish(shares[i].Partition.Sequence + 1);
                accepted.Add(shares[i]);
            }
            else
            {
                Lose(shares[i]);
            }
        }

        accepted.ForEach(share => share.Accept());
    }

    // A partition that was loaded while the store took no writes is taken before its first commit.
    private bool TryTake(Share share)
    {
        try
        {
            if (store.RetakePartition(share.Partition.Key, share.Partition.Epoch) is { } position
                && position.Sequence == share.Partition.Sequence)
            {
                share.Partition.Take(position.Epoch);
                return true;
            }

            Lose(share);
        }
        catch (StoreException exception)
        {
            share.Refuse(health.OnFailed(exception));
        }

        return false;
    }

    // One bad change fails alone: the group is run again per partition, then per identity.
    private void Split(List<Share> shares, StoreDataException exception)
    {
        if (shares.Count > 1)
        {
            shares.ForEach(share => Write([share]));
        }
        else if (shares[0].Tickets.Count > 1)
        {
            foreach (ChangeTicket ticket in shares[0].Tickets)
            {
                Commit([ticket]);
            }
        }
        else
        {
            Log.DataRefused(logger, shares[0].Tickets[0].Change.IdentityId, exception);
            shares[0].Refuse(new InvalidRequestException(exception.Message));
        }
    }

    // The commit may have happened, or its statement may still be waiting in the database. Taking the partition anew
    // settles it: the new epoch keeps the old statement out, and the token that comes back says what happened before.
    private void FindOut(List<Share> shares, Guid token, Exception cause)
    {
        List<Share> accepted = [];
        long started = time.GetTimestamp();
        foreach (Share share in shares)
        {
            PartitionPosition? position = Retake(share.Partition, started, out bool reached);
            if (position is null)
            {
                Lose(share, reached ? Moved(share.Partition) : new RetryException(
                    $"The store failed, or did not answer for {options.StoreTimeout}; whether the change was written "
                    + $"is unknown. The cause: {cause.Message}"));
                continue;
            }

            share.Partition.Epoch = position.Epoch;
            if (position.Token == token)
            {
                share.Publish(position.Sequence);
                accepted.Add(share);
            }
            else
            {
                share.Refuse(new RetryException($"The store failed, and nothing was written: {cause.Message}"));
            }
        }

        accepted.ForEach(share => share.Accept());
    }

    // Tried at least once; the time is the whole group's, so that a store that is away costs it once. A store that
    // answers that it takes no writes is not waited for: the partition is loaded anew, which tells what happened.
    private PartitionPosition? Retake(LocalPartition partition, long started, out bool reached)
    {
        for (TimeSpan pause = TimeSpan.FromMilliseconds(20); ; pause = TimeSpan.FromMilliseconds(
            Math.Min(pause.TotalMilliseconds * 2, 1000)))
        {
            try
            {
                reached = true;
                return store.RetakePartition(partition.Key, partition.Epoch);
            }
            catch (StoreException exception)
            {
                health.OnFailed(exception);
                reached = false;
                return null;
            }
#pragma warning disable CA1031 // The store is away: this loop is what waits for it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.StoreAway(logger, partition.Key.Gallery, partition.Key.Partition, exception);
                reached = false;
            }

            if (time.GetElapsedTime(started) + pause > options.StoreTimeout || stopping.WaitHandle.WaitOne(pause))
            {
                return null;
            }
        }
    }

    private void Lose(Share share, RetryException? exception = null)
    {
        Log.PartitionLost(logger, share.Partition.Key.Gallery, share.Partition.Key.Partition, share.Partition.Epoch);
        share.Partition.MarkLost();
        share.Refuse(exception ?? Moved(share.Partition));
    }

    private sealed class Share(LocalPartition partition, List<ChangeTicket> tickets)
    {
        private CommitReceipt[] _receipts = [];

        public LocalPartition Partition => partition;

        public List<ChangeTicket> Tickets => tickets;

        public PartitionWrite ToWrite(Guid token) => new()
        {
            Key = partition.Key,
            Epoch = partition.Epoch,
            Sequence = partition.Sequence,
            Token = token,
            Identities = [.. tickets.Select(ticket => StoreRecords.ToWrite(ticket.Change))],
        };

        public void Publish(long sequence) =>
            _receipts = partition.Publish(sequence, [.. tickets.Select(ticket => ticket.Change)]);

        public void Accept()
        {
            for (int i = 0; i < tickets.Count; i++)
            {
                tickets[i].Accept(_receipts[i]);
            }
        }

        public void Refuse(Exception exception) => tickets.ForEach(ticket => ticket.Refuse(exception));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The outcome of a commit of {Partitions} partitions is unknown; finding out")]
        public static partial void OutcomeUnknown(ILogger logger, int partitions, Exception exception);

        [LoggerMessage(LogLevel.Error, "The store refused the change of identity {IdentityId}")]
        public static partial void DataRefused(ILogger logger, string identityId, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The store does not answer for partition {Partition} of gallery {Gallery}")]
        public static partial void StoreAway(ILogger logger, long gallery, int partition, Exception exception);

        [LoggerMessage(LogLevel.Warning, "Partition {Partition} of gallery {Gallery} was taken from epoch {Epoch}")]
        public static partial void PartitionLost(ILogger logger, long gallery, int partition, long epoch);
    }
}
