namespace OrleansGallery.Grains;

/// <summary>An identity in memory, as <see cref="ActiveIdentities"/> counts it. Thread-safe.</summary>
/// <param name="letGo">Has it leave memory.</param>
internal sealed class ActiveIdentity(Action letGo)
{
    private volatile Action? _letGo = letGo;
    private volatile bool _isUsed = true;
    private int _calls;

    /// <summary>A call begins: until it ends the identity stays, and for another turn after it.</summary>
    public void Enter()
    {
        Interlocked.Increment(ref _calls);
        _isUsed = true;
    }

    /// <summary>The call has ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _calls);

    /// <summary>It has left memory by itself.</summary>
    public void Forget() => _letGo = null;

    /// <summary>Its turn: has it leave, unless it is being called, or was since the last turn.</summary>
    /// <returns>Whether it leaves, or has left.</returns>
    public bool TryLeave()
    {
        if (_letGo is { } leave)
        {
            if (_isUsed || Volatile.Read(ref _calls) > 0)
            {
                _isUsed = false;
                return false;
            }

            leave();
        }

        return true;
    }
}
