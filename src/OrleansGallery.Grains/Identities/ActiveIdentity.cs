namespace OrleansGallery.Grains;

/// <summary>An identity in memory, as <see cref="ActiveIdentities"/> counts it. Thread-safe.</summary>
/// <param name="letGo">Has it leave memory, once what is under way there has ended.</param>
internal sealed class ActiveIdentity(Action letGo)
{
    private volatile Action? _letGo = letGo;
    private volatile bool _isUsed;

    /// <summary>It is called; it stays for another turn.</summary>
    public void Use() => _isUsed = true;

    /// <summary>It has left memory by itself.</summary>
    public void Forget() => _letGo = null;

    /// <summary>Its turn: has it leave, unless it was used since the last one.</summary>
    /// <returns>Whether it leaves, or has left.</returns>
    public bool TryLeave()
    {
        if (_letGo is { } leave)
        {
            if (_isUsed)
            {
                _isUsed = false;
                return false;
            }

            leave();
        }

        return true;
    }
}
