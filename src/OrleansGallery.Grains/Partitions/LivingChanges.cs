namespace OrleansGallery.Grains;

/// <summary>Where a partition's identities began and where they last changed, in order, as of one moment: looked
/// through once for all who have fallen behind what <see cref="RecentChanges"/> remembers.</summary>
internal sealed class LivingChanges
{
    private readonly Task<List<(long At, string IdentityId)>> _sorted;
    private long _lastUse = Environment.TickCount64;

    /// <summary>Begins to sort.</summary>
    /// <param name="sequence">Where the partition stood.</param>
    /// <param name="changes">A copy of nobody else's, in any order.</param>
    public LivingChanges(long sequence, List<(long At, string IdentityId)> changes)
    {
        Sequence = sequence;
        _sorted = Task.Run(() =>
        {
            changes.Sort(static (left, right) => left.At.CompareTo(right.At));
            return changes;
        });
    }

    /// <summary>Where the partition stood.</summary>
    public long Sequence { get; }

    /// <summary>How long nobody has read it.</summary>
    public TimeSpan Idle => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _lastUse));

    /// <summary>Reads a page.</summary>
    /// <param name="after">Changes after this sequence, an earlier one than <see cref="Sequence"/>.</param>
    /// <param name="limit">About so many at most; those of one commit stay together.</param>
    /// <returns>The changes in order, and the sequence up to which none is missing.</returns>
    public async Task<(List<(long At, string IdentityId)> Changes, long Through)> ReadAsync(long after, int limit)
    {
        Interlocked.Exchange(ref _lastUse, Environment.TickCount64);
        List<(long At, string IdentityId)> sorted = await _sorted;
        int from = FirstAfter(sorted, after);
        int to = from + limit < sorted.Count ? FirstAfter(sorted, sorted[from + limit - 1].At) : sorted.Count;
        return (sorted[from..to], to < sorted.Count ? sorted[to - 1].At : Sequence);
    }

    private static int FirstAfter(List<(long At, string IdentityId)> sorted, long after)
    {
        (int low, int high) = (0, sorted.Count);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = sorted[middle].At > after ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
