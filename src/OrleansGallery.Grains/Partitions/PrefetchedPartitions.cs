using System.Collections.Concurrent;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Partitions that this silo has read ahead, because they are to be handed to it. One that is not used in time
/// leaves memory.</summary>
/// <param name="time">The clock.</param>
internal sealed class PrefetchedPartitions(TimeProvider time)
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<PartitionKey, (PartitionRows Rows, long Put)> _rows = new();

    /// <summary>Keeps one.</summary>
    /// <param name="key">The partition.</param>
    /// <param name="rows">What was read.</param>
    public void Put(PartitionKey key, PartitionRows rows)
    {
        foreach ((PartitionKey old, (_, long put)) in _rows)
        {
            if (time.GetElapsedTime(put) > Keep)
            {
                _rows.TryRemove(old, out _);
            }
        }

        _rows[key] = (rows, time.GetTimestamp());
    }

    /// <summary>Gives one away, for an activation.</summary>
    /// <param name="key">The partition.</param>
    /// <returns>What was read; null: nothing.</returns>
    public PartitionRows? TryTake(PartitionKey key) =>
        _rows.TryRemove(key, out (PartitionRows Rows, long Put) kept) ? kept.Rows : null;
}
