namespace OrleansGallery.Grains;

/// <content>What changed after a sequence, and when there is more: for those who follow a gallery.</content>
internal sealed partial class LocalPartition
{
    // A follower reads several times a second; one that fell further behind looks at all identities once.
    private const int KeptChanges = 1_024;

    // Whoever reads page by page comes again sooner.
    private static readonly TimeSpan KeptLiving = TimeSpan.FromSeconds(30);

    private readonly RecentChanges _recent = new(sequence, KeptChanges);
    private LivingChanges? _living;
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
    /// <param name="changes">The changes in order, each living identity once: where it began, or where it last
    /// changed.</param>
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
                else
                {
                    AddIfTold(changes, identityId, at, after);
                }
            }

            return true;
        }
    }

    /// <summary>Looks at all identities for those that changed.</summary>
    /// <param name="after">Changes after this sequence, of which not all are remembered.</param>
    /// <param name="limit">About so many at most; those of one commit stay together.</param>
    /// <returns>The living identities in order, and the sequence up to which none of them is missing; of those that
    /// were removed the store knows.</returns>
    public async Task<(List<LocalChange> Changes, long Through)> ReadLivingAsync(long after, int limit)
    {
        (List<(long At, string IdentityId)> page, long through) = await LivingAfter(after).ReadAsync(after, limit);
        List<LocalChange> changes = [];
        lock (_gate)
        {
            foreach ((long at, string identityId) in page)
            {
                AddIfTold(changes, identityId, at, after);
            }
        }

        return (changes, through);
    }

    // One for all who follow: a copy is made with the gate held, and sorted without it.
    private LivingChanges LivingAfter(long after)
    {
        lock (_gate)
        {
            if (_living is { } kept && after < kept.Sequence)
            {
                return kept;
            }

            List<(long At, string IdentityId)> changes = new(identities.Count);
            foreach ((string identityId, LocalIdentity identity) in identities)
            {
                changes.Add((identity.Born, identityId));
                if (identity.Version != identity.Born)
                {
                    changes.Add((identity.Version, identityId));
                }
            }

            _living = new LivingChanges(_sequence, changes);
            _ = DropWhenIdleAsync(_living);
            return _living;
        }
    }

    private async Task DropWhenIdleAsync(LivingChanges living)
    {
        for (TimeSpan left = KeptLiving; left > TimeSpan.Zero; left = KeptLiving - living.Idle)
        {
            await Task.Delay(left).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _living = _living == living ? null : _living;
        }
    }

    // With the gate held. An identity is told where it began, as it is now, and where it last changed to those who have
    // heard of it before; so whoever reads page by page hears of each beginning. What changed since is told later.
    private void AddIfTold(List<LocalChange> changes, string identityId, long at, long after)
    {
        if (identities.TryGetValue(identityId, out LocalIdentity identity)
            && (identity.Born == at || (identity.Version == at && identity.Born <= after)))
        {
            changes.Add(new LocalChange(identity.Version, identityId, default, identity.Count, identity.Born));
        }
    }

    // With the gate held.
    private void TellWaiters()
    {
        _waiters?.TrySetResult();
        _waiters = null;
    }
}
