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
    public void Put(PartitionKey key, PartitionRows rows) => _rows[key] = (rows, time.GetTimestamp());

    /// <summary>Lets go of those that were not used in time.</summary>
    public void Sweep()
    {
        foreach ((PartitionKey old, (_, long put)) in _rows)
        {
            if (time.GetElapsedTime(put) > Keep)
            {
                _rows.TryRemove(old, out _);
            }
        }
    }

    /// <summary>Lets go of a gallery's.</summary>
    /// <param name="gallery">Its number.</param>
    public void Forget(long gallery)
    {
        foreach (PartitionKey key in _rows.Keys.Where(key => key.Gallery == gallery))
        {
            _rows.TryRemove(key, out _);
        }
    }

    /// <summary>Gives one away, for an activation.</summary>
    /// <param name="key">The partition.</param>
    /// <returns>What was read; null: nothing.</returns>
    public PartitionRows? TryTake(PartitionKey key) =>
        _rows.TryRemove(key, out (PartitionRows Rows, long Put) kept) ? kept.Rows : null;
}
