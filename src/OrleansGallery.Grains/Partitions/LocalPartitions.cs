using System.Collections.Concurrent;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>The partitions that this silo holds now; searches find their rows here without a grain call.</summary>
internal sealed class LocalPartitions
{
    private readonly ConcurrentDictionary<PartitionKey, LocalPartition> _partitions = new();

    /// <summary>A partition was added: where it is now.</summary>
    public event Action<PartitionPlace>? Added;

    /// <summary>A partition is not here any more.</summary>
    public event Action<PartitionKey>? Removed;

    /// <summary>The partitions that may answer.</summary>
    public IEnumerable<LocalPartition> All => _partitions.Values.Where(partition => !partition.IsLost);

    /// <summary>Adds a partition; of two activations, the one of the older epoch answers nothing any more.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="place">Where it is, for everyone to know.</param>
    public void Add(LocalPartition partition, PartitionPlace place)
    {
        LocalPartition? older = null;
        LocalPartition held = _partitions.AddOrUpdate(partition.Key, partition, (_, known) =>
        {
            bool isNewer = partition.IsNewerThan(known);
            older = isNewer ? known : partition;
            return isNewer ? partition : known;
        });
        if (older is { IsLost: false })
        {
            older.GiveUp("It was loaded anew; nothing was written.");
        }

        if (held == partition)
        {
            Added?.Invoke(place);
        }
    }

    /// <summary>Removes this activation of a partition, not a newer one.</summary>
    public void Remove(LocalPartition partition)
    {
        if (_partitions.TryRemove(KeyValuePair.Create(partition.Key, partition)))
        {
            Removed?.Invoke(partition.Key);
        }
    }

    /// <summary>Finds a partition that may answer.</summary>
    /// <param name="key">Which.</param>
    /// <returns>Null where this silo does not hold it.</returns>
    public LocalPartition? Find(PartitionKey key) =>
        _partitions.TryGetValue(key, out LocalPartition? partition) && !partition.IsLost ? partition : null;
}
