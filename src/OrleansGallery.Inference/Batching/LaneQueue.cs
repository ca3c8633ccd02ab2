namespace OrleansGallery.Inference.Batching;

/// <summary>One lane's bounded queue, oldest first. The batcher's lock guards all but <see cref="Places"/>.</summary>
internal sealed class LaneQueue(int capacity)
{
    private readonly LinkedList<PendingImage> _waiting = new();

    /// <summary>One permit per free place. Never disposed of: late callers must still hear that the batcher
    /// is.</summary>
    public SemaphoreSlim Places { get; } = new(capacity, capacity);

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>When the oldest got its place; only where one waits.</summary>
    public long Oldest => _waiting.First!.Value.Enqueued;

    /// <summary>Adds at the end; the caller holds a permit for it.</summary>
    /// <param name="item">The image.</param>
    /// <returns>Its place, for <see cref="Remove"/>.</returns>
    public LinkedListNode<PendingImage> Add(PendingImage item) => _waiting.AddLast(item);

    /// <summary>Takes one out that is to be given up, and frees its place.</summary>
    /// <param name="node">Its place.</param>
    /// <returns>False where it is no longer waiting.</returns>
    public bool Remove(LinkedListNode<PendingImage> node)
    {
        if (node.List is null)
        {
            return false;
        }

        _waiting.Remove(node);
        Places.Release();
        return true;
    }

    /// <summary>Takes the oldest ones and frees their places.</summary>
    public int Take(int count, List<PendingImage> batch)
    {
        int taken = Math.Min(count, _waiting.Count);
        for (int i = 0; i < taken; i++)
        {
            batch.Add(_waiting.First!.Value);
            _waiting.RemoveFirst();
        }

        if (taken > 0)
        {
            Places.Release(taken);
        }

        return taken;
    }
}
