namespace OrleansGallery.Testing;

/// <summary>
/// One direction of a <see cref="CuttableProxy"/>. Bytes are counted over all its connections, so that a chosen byte is
/// the same one in every run only where a test uses one connection.
/// </summary>
public sealed class ProxyGate
{
    private readonly Lock _lock = new();
    private readonly Action _cut;
    private long _passed;
    private long _limit = long.MaxValue;
    private bool _cutsAtLimit;
    private TaskCompletionSource _reached = NewSource();
    private TaskCompletionSource _open = NewSource();

    internal ProxyGate(Action cut) => _cut = cut;

    /// <summary>How many bytes went through so far.</summary>
    public long Passed
    {
        get
        {
            lock (_lock)
            {
                return _passed;
            }
        }
    }

    /// <summary>Lets some more bytes through and holds up what follows, until <see cref="Release"/>.</summary>
    /// <param name="bytes">How many; 0: nothing more.</param>
    /// <returns>When there is a byte that is held up.</returns>
    public Task HoldAfter(long bytes) => LimitTo(bytes, cuts: false);

    /// <summary>
    /// Lets some more bytes through, then ends every connection in place of the next one; after that everything comes
    /// through again.
    /// </summary>
    /// <param name="bytes">How many; 0: the next byte does not arrive.</param>
    /// <returns>When the connections are ended.</returns>
    public Task CutAfter(long bytes) => LimitTo(bytes, cuts: true);

    /// <summary>Lets everything through again, what was held up first.</summary>
    public void Release()
    {
        TaskCompletionSource open;
        lock (_lock)
        {
            _limit = long.MaxValue;
            open = _open;
            _open = NewSource();
        }

        open.SetResult();
    }

    /// <summary>Carries bytes on, as far as the test lets them.</summary>
    internal async Task PassAsync(
        ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            int count;
            bool cut = false;
            Task open;
            TaskCompletionSource reached;
            lock (_lock)
            {
                count = (int)Math.Min(bytes.Length, _limit - _passed);
                _passed += count;
                reached = _reached;
                open = _open.Task;
                if (count == 0 && _cutsAtLimit)
                {
                    cut = true;
                    _limit = long.MaxValue;
                }
            }

            if (cut)
            {
                _cut();
                reached.TrySetResult();
                cancellationToken.ThrowIfCancellationRequested();
                throw new OperationCanceledException("The test cut the connection here.");
            }

            if (count == 0)
            {
                reached.TrySetResult();
                await open.WaitAsync(cancellationToken);
                continue;
            }

            await send(bytes[..count]);
            bytes = bytes[count..];
        }
    }

    private Task LimitTo(long bytes, bool cuts)
    {
        lock (_lock)
        {
            _limit = _passed + bytes;
            _cutsAtLimit = cuts;
            _reached = NewSource();
            return _reached.Task;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
