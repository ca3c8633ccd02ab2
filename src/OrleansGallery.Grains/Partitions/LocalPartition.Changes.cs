namespace OrleansGallery.Grains;

/// <content>What changed after a sequence, and when there is more: for those who follow a gallery.</content>
internal sealed partial class LocalPartition
{
    // A follower reads several times a second; one that fell further behind looks at all identities once.
    private const int KeptChanges = 1_024;

    private readonly RecentChanges _recent = new(sequence, KeptChanges);
    private TaskCompletionSource? _waiters;
    private bool _mayWait = true;

    /// <summary>Waits for the next commit.</summary>
    /// <param name="after">The sequence that the caller knows.</param>
    /// <returns>When the partition stands elsewhere, or nobody may wait here any more.</returns>
    public Task NextChangeAsync(long after)
    {
        lock (_gate)
        {
            if (_sequence != after || !_mayWait || IsLost)
            {
                return Task.CompletedTask;
            }

            _waiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiters.Task;
        }
    }

    /// <summary>The partition is about to leave this silo: those who wait go on, and nobody waits any more.</summary>
    public void StopWaiting()
    {
        lock (_gate)
        {
            _mayWait = false;
            TellWaiters();
        }
    }

    /// <summary>Reads what changed last.</summary>
    /// <param name="after">Changes after this sequence.</param>
    /// <param name="limit">About so many at most; those of one commit stay together.</param>
    /// <param name="changes">The changes in order, each living identity once.</param>
    /// <param name="through">The sequence up to which nothing is missing.</param>
    /// <returns>False: that is not remembered any more.</returns>
    public bool TryReadRecent(long after, int limit, out List<LocalChange> changes, out long through)
    {
        changes = [];
        lock (_gate)
        {
            through = _sequence;
            if (after < _recent.CompleteAfter)
            {
                return false;
            }

            long last = after;
            foreach ((long at, string? identityId, UInt128 digest) in _recent.After(after))
            {
                if (changes.Count >= limit && at != last)
                {
                    through = last;
                    break;
                }

                last = at;
                if (identityId is null)
                {
                    changes.Add(new LocalChange(at, null, digest, 0, 0));
                }
                else if (identities.TryGetValue(identityId, out LocalIdentity identity) && identity.Version == at)
                {
                    changes.Add(Of(identityId, identity));
                }
            }

            return true;
        }
    }

    /// <summary>Looks at all identities for those that changed.</summary>
    /// <param name="after">Changes after this sequence.</param>
    /// <param name="limit">About so many at most; those of one commit stay together.</param>
    /// <param name="through">The sequence up to which none of them is missing.</param>
    /// <returns>The living identities in order; of those that were removed the store knows.</returns>
    public List<LocalChange> ReadLiving(long after, int limit, out long through)
    {
        lock (_gate)
        {
            through = _sequence;
            // The earliest versions; the latest of them comes out first.
            PriorityQueue<long, long> earliest = new();
            foreach (LocalIdentity identity in identities.Values)
            {
                if (identity.Version > after)
                {
                    earliest.Enqueue(identity.Version, -identity.Version);
                    if (earliest.Count > limit)
                    {
                        earliest.Dequeue();
                        through = earliest.Peek();
                    }
                }
            }

            long end = through;
            return
            [
                .. identities.Where(pair => pair.Value.Version > after && pair.Value.Version <= end)
                    .OrderBy(pair => pair.Value.Version)
                    .Select(pair => Of(pair.Key, pair.Value)),
            ];
        }
    }

    private static LocalChange Of(string identityId, LocalIdentity identity) =>
        new(identity.Version, identityId, default, identity.Count, identity.Born);

    // With the gate held.
    private void TellWaiters()
    {
        _waiters?.TrySetResult();
        _waiters = null;
    }
}
