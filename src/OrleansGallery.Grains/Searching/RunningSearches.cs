using System.Collections.Concurrent;

namespace OrleansGallery.Grains;

/// <summary>The searches that this silo has begun and not ended.</summary>
internal sealed class RunningSearches
{
    private readonly ConcurrentDictionary<Guid, byte> _running = new();

    /// <summary>A search begins.</summary>
    /// <param name="search">Its id.</param>
    /// <returns>Dispose it when the search ends.</returns>
    public IDisposable Add(Guid search)
    {
        _running.TryAdd(search, 0);
        return new Entry(this, search);
    }

    /// <summary>Whether it has begun and not ended.</summary>
    public bool Contains(Guid search) => _running.ContainsKey(search);

    private sealed class Entry(RunningSearches owner, Guid search) : IDisposable
    {
        public void Dispose() => owner._running.TryRemove(search, out _);
    }
}
