using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Writes a group of changes in one transaction. After the store's yes the rows of the whole group are published before
/// the first caller is answered. What has no verdict when it returns belongs to a partition whose last commit is being
/// found out.
/// </summary>
internal sealed partial class GroupCommit(
    IGalleryStore store, OutcomeSearch outcomes, JointCommit joint, CommitTimer timer, StoreHealth health,
    GrainsInstruments instruments, TimeSpan lease, TimeProvider time, ILogger logger)
{
    /// <summary>Commits tickets.</summary>
    /// <param name="tickets">The tickets, each identity once.</param>
    /// <returns>When the store has answered.</returns>
    public async Task CommitAsync(IReadOnlyList<ChangeTicket> tickets)
    {
        ChangeTicket[][] ready = await Task.WhenAll(
            tickets.GroupBy(ticket => ticket.Partition).Select(group => ReadyOfAsync(group.Key, [.. group])));
        List<CommitShare> shares =
        [
            .. ready.Where(some => some.Length > 0)
                .Select(some => new CommitShare(some[0].Partition, some))
                .Where(share => share.Tickets.Count > 0),
        ];

        if (shares.Count > 0)
        {
            shares.ForEach(share => share.Partition.BeginWrite());
            try
            {
                await WriteAsync(shares);
            }
            finally
            {
                shares.ForEach(share => share.Partition.EndWrite());
            }
        }
    }

    private static void RefuseAll(IReadOnlyList<ChangeTicket> tickets, Exception exception)
    {
        foreach (ChangeTicket ticket in tickets)
        {
            ticket.Refuse(exception);
        }
    }

    // The changes that may be committed now: the others are kept, or have heard why not.
    private async Task<ChangeTicket[]> ReadyOfAsync(LocalPartition partition, ChangeTicket[] tickets)
    {
        if (partition.Hold == PartitionHold.Doubtful)
        {
            tickets = [.. tickets.Where(ticket => !partition.TryPark(ticket))];
        }

        if (partition.IsLost || partition.IsLeaving)
        {
            RefuseAll(tickets, LocalPartition.Moved(partition.Key));
            return [];
        }

        return tickets.Length == 0 || partition.IsTaken || await TryTakeAsync(partition, tickets) ? tickets : [];
    }

    // A partition that was loaded while the store took no writes is taken before its first commit.
    private async Task<bool> TryTakeAsync(LocalPartition partition, ChangeTicket[] tickets)
    {
        try
        {
            TakenPartition? taken = await store.TakePartitionAsync(
                partition.Key, partition.Held.Owner, CancellationToken.None);
            if (taken is not null && taken.State.Position.Sequence == partition.Sequence)
            {
                partition.Take(taken.State.Position.Epoch, FirstAck.Of(taken, lease, time));
                return true;
            }

            Lose(partition, tickets);
        }
        catch (StoreAwayException exception)
        {
            RefuseAll(tickets, health.OnFailed(exception));
        }

        return false;
    }

    private async Task WriteAsync(List<CommitShare> shares)
    {
        if (shares is [{ Tickets: [{ Joint: { } step }] } alone])
        {
            await joint.RunAsync(alone, step);
            return;
        }

        using Activity? trace = GrainsInstruments.Traces.StartActivity("gallery.commit");
        Guid token = Guid.NewGuid();
        IReadOnlyList<bool> applied;
        try
        {
            applied = await timer.RunAsync(
                shares.Sum(share => share.Tickets.Count),
                () => store.CommitAsync([.. shares.Select(share => share.Draft.ToWrite(token))]),
                answer => answer.Contains(true));
        }
        catch (StoreDataException exception)
        {
            await SplitAsync([.. shares.SelectMany(share => share.Tickets)], exception);
            return;
        }
        catch (StoreAwayException exception) when (!exception.IsOutcomeUnknown)
        {
            GalleryException failure = health.OnFailed(exception);
            shares.ForEach(share => share.Refuse(failure));
            return;
        }
#pragma warning disable CA1031 // Whatever else goes wrong, the outcome is unknown and must be found out.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutcomeUnknown(logger, shares.Count, exception);
            shares.ForEach(share => outcomes.Begin(share, token, exception));
            return;
        }

        if (applied.Contains(true))
        {
            // Else nothing was: a full disk would do as well.
            health.OnWritten();
        }

        long publishing = Stopwatch.GetTimestamp();
        Conclude(shares, applied);
        instruments.OnPublished(publishing);
    }

    private void Conclude(List<CommitShare> shares, IReadOnlyList<bool> applied)
    {
        List<CommitShare> accepted = [];
        for (int i = 0; i < shares.Count; i++)
        {
            if (!applied[i])
            {
                Lose(shares[i].Partition, shares[i].Tickets);
            }
            else if (outcomes.TryPublish(shares[i]))
            {
                accepted.Add(shares[i]);
            }
        }

        accepted.ForEach(share => share.Accept());
    }

    // One bad change fails alone: halves are tried, then the halves of the one that is refused, so that one among n
    // costs some 2 log n commits.
    private async Task SplitAsync(ChangeTicket[] tickets, StoreDataException exception)
    {
        if (tickets.Length == 1 && exception.IsErased)
        {
            tickets[0].Refuse(new ImageErasedException(exception.Message));
            return;
        }

        if (tickets.Length == 1)
        {
            Log.DataRefused(logger, tickets[0].Change.IdentityId, exception);
            tickets[0].Refuse(new InvalidRequestException(exception.Message));
            return;
        }

        await CommitAsync(tickets[..(tickets.Length / 2)]);
        await CommitAsync(tickets[(tickets.Length / 2)..]);
    }

    private void Lose(LocalPartition partition, IReadOnlyList<ChangeTicket> tickets)
    {
        Log.PartitionLost(logger, partition.Key.Gallery, partition.Key.Partition, partition.Held.Epoch);
        partition.GiveUp(LocalPartition.Moved(partition.Key).Message);
        RefuseAll(tickets, LocalPartition.Moved(partition.Key));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The outcome of a commit of {Partitions} partitions is unknown; finding out")]
        public static partial void OutcomeUnknown(ILogger logger, int partitions, Exception exception);

        [LoggerMessage(LogLevel.Error, "The store refused the change of identity {IdentityId}")]
        public static partial void DataRefused(ILogger logger, string identityId, Exception exception);

        [LoggerMessage(LogLevel.Warning, "Partition {Partition} of gallery {Gallery} was taken from epoch {Epoch}")]
        public static partial void PartitionLost(ILogger logger, long gallery, int partition, long epoch);
    }
}
