namespace OrleansGallery.Client;

/// <summary>Bounds how many items, and how many bytes of them, are read ahead. One taker, many givers.</summary>
internal sealed class ItemWindow(int maxItems, long maxBytes)
{
    private readonly Lock _lock = new();
    private int _items;
    private long _bytes;
    private TaskCompletionSource? _room;

    /// <summary>Waits until there is room; an item larger than the window waits until it is alone.</summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_items == 0 || (_items < maxItems && _bytes + bytes <= maxBytes))
                {
                    _items++;
                    _bytes += bytes;
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    public void Give(long bytes)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _items--;
            _bytes -= bytes;
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }
}
