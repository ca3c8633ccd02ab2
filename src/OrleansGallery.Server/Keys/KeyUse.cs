namespace OrleansGallery.Server;

/// <summary>
/// One key's requests: those under way, and a bucket that holds as many as one second gives and fills evenly. Disposing
/// of it ends one request.
/// </summary>
internal sealed class KeyUse : IDisposable
{
    private readonly Lock _lock = new();
    private double _left;
    private long? _filled;
    private int _running;

    /// <summary>Begins a request.</summary>
    /// <param name="perSecond">So many; 0: any number.</param>
    /// <param name="concurrent">So many at once; 0: any number.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pause">Where it is refused: when the bucket has room again; zero: when another one ends.</param>
    public bool TryTake(int perSecond, int concurrent, TimeProvider time, out TimeSpan pause)
    {
        lock (_lock)
        {
            pause = TimeSpan.Zero;
            if (concurrent > 0 && _running >= concurrent)
            {
                return false;
            }

            if (perSecond > 0)
            {
                long now = time.GetTimestamp();
                _left = _filled is { } filled
                    ? Math.Min(perSecond, _left + (time.GetElapsedTime(filled, now).TotalSeconds * perSecond))
                    : perSecond;
                _filled = now;
                if (_left < 1)
                {
                    pause = TimeSpan.FromSeconds((1 - _left) / perSecond);
                    return false;
                }

                _left--;
            }

            _running++;
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _running--;
        }
    }
}
