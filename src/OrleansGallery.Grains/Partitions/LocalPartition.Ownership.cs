using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <content>Whose it is: taken, in doubt, handed over, lost.</content>
internal sealed partial class LocalPartition
{
    /// <summary>What is said of a change to a partition that is here no more.</summary>
    public static RetryException Moved(PartitionKey key) => new(
        $"Partition {key.Partition} of gallery number {key.Gallery} has a new owner, or is gone; nothing was written.")
    {
        NothingWritten = true,
    };

    /// <summary>Whether a state of the store is the one that this partition was loaded from; for one that is not
    /// taken.</summary>
    /// <param name="state">What the store says now; null: the partition is gone.</param>
    /// <returns>False: somebody took it, or committed.</returns>
    public bool IsAsLoaded(PartitionState? state)
    {
        lock (_gate)
        {
            return state is not null && state.Owner == claim.StoredOwner && state.Position.Epoch == _held.Epoch
                && state.Position.Sequence == _sequence;
        }
    }

    /// <summary>Whether this activation took the partition after another one did.</summary>
    /// <param name="other">The other.</param>
    public bool IsNewerThan(LocalPartition other) => Held.Epoch >= other.Held.Epoch;

    /// <summary>The epoch was raised after all; for the committer.</summary>
    /// <param name="epoch">The epoch that this activation owns.</param>
    /// <param name="firstAck">Before this time stamp no write is acknowledged.</param>
    public void Take(long epoch, long firstAck)
    {
        lock (_gate)
        {
            (_held, IsTaken) = (_held with { Epoch = epoch }, true);
            Interlocked.Exchange(ref _firstAck, firstAck);
        }
    }

    /// <summary>Nobody may answer from it any more but this silo: it acknowledges from now on.</summary>
    /// <param name="now">A time stamp.</param>
    public void Acknowledge(long now) => Interlocked.Exchange(ref _firstAck, now);

    /// <summary>Hands it over: from now on it takes no change, and answers searches until it is given up.</summary>
    /// <param name="now">A time stamp.</param>
    /// <param name="letGo">Called when it is given up.</param>
    /// <returns>False: it is not certain whose it is, or what its rows are.</returns>
    public bool TryLeave(long now, Action letGo)
    {
        lock (_gate)
        {
            if (_hold != PartitionHold.Owned || !IsTaken)
            {
                return false;
            }

            (LetGo, Left, _isLeaving) = (letGo, now, true);
            return true;
        }
    }

    /// <summary>The outcome of a commit is unknown.</summary>
    public void MarkDoubtful() => MarkDoubtful(isLent: false);

    /// <summary>Another partition's commit changes this one, too; until it is heard how that ended, this one commits
    /// nothing and its epoch stays.</summary>
    public void MarkLent() => MarkDoubtful(isLent: true);

    /// <summary>Whether what the store said of this owner and epoch is of what is here now: no new epoch of this silo's
    /// own is under way, nor came in between.</summary>
    /// <param name="asked">What was asked for.</param>
    public bool IsStill(PartitionOwner asked)
    {
        lock (_gate)
        {
            return _held == asked && (_hold == PartitionHold.Owned || IsLent);
        }
    }

    /// <summary>Keeps a change until the outcome is known.</summary>
    /// <param name="ticket">The change.</param>
    /// <returns>False: the partition is not doubtful any more.</returns>
    public bool TryPark(ChangeTicket ticket)
    {
        lock (_gate)
        {
            if (_hold != PartitionHold.Doubtful)
            {
                return false;
            }

            _parked.Enqueue(ticket);
            return true;
        }
    }

    /// <summary>The outcome is known, and the partition still this activation's.</summary>
    /// <param name="epoch">The epoch that it owns now.</param>
    /// <returns>The changes that were kept.</returns>
    public IReadOnlyList<ChangeTicket> Settle(long epoch)
    {
        lock (_gate)
        {
            _held = _held with { Epoch = epoch };
            _hold = IsLost ? PartitionHold.Lost : PartitionHold.Owned;
            return TakeParked();
        }
    }

    /// <summary>Another activation has it, or it is needed here no more: nothing is answered from it any more, and the
    /// changes that were kept are refused.</summary>
    /// <param name="reason">What their callers hear.</param>
    public void GiveUp(string reason)
    {
        ChangeTicket[] parked;
        lock (_gate)
        {
            _hold = PartitionHold.Lost;
            parked = TakeParked();
            TellWaiters();
        }

        LetGo();
        foreach (ChangeTicket ticket in parked)
        {
            ticket.Refuse(new RetryException(reason) { NothingWritten = true });
        }
    }

    private void MarkDoubtful(bool isLent)
    {
        lock (_gate)
        {
            if (!IsLost)
            {
                (_hold, _isLent) = (PartitionHold.Doubtful, isLent);
            }
        }
    }

    // With the gate held.
    private ChangeTicket[] TakeParked()
    {
        ChangeTicket[] parked = [.. _parked];
        _parked.Clear();
        return parked;
    }
}
