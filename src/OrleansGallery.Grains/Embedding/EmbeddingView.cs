using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// The embedding silos as a caller knows them. The view is renewed once a second while there is work, so that silos
/// that come are used and images that a dead one has are sent to another.
/// </summary>
internal sealed class EmbeddingView(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Dictionary<SiloAddress, EmbeddingRoute> _routes = [];
    private Task? _reading;
    private long _readAt;
    private int _working;
    private bool _watching;

    /// <summary>The silos that are not dead.</summary>
    /// <returns>Their routes; where none of them takes work, the view is not older than this call.</returns>
    public async Task<IReadOnlyCollection<EmbeddingRoute>> GetAsync()
    {
        Dictionary<SiloAddress, EmbeddingRoute> routes = Volatile.Read(ref _routes);
        bool isEmpty = !routes.Values.Any(route => route.IsActive);
        if (!isEmpty && time.GetElapsedTime(Volatile.Read(ref _readAt)) < Life)
        {
            return routes.Values;
        }

        Task reading = ReadAsync();
        if (isEmpty)
        {
            await reading;
        }

        return Volatile.Read(ref _routes).Values;
    }

    /// <summary>Renews the view until as many calls have said that they are done.</summary>
    public void BeginWork()
    {
        lock (_gate)
        {
            _working++;
            if (_watching)
            {
                return;
            }

            _watching = true;
        }

        _ = WatchAsync();
    }

    public void EndWork()
    {
        lock (_gate)
        {
            _working--;
        }
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(Life, time);
            lock (_gate)
            {
                if (_working == 0)
                {
                    _watching = false;
                    return;
                }
            }

            await ReadAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // One read at a time; whoever comes meanwhile waits for it.
    private Task ReadAsync()
    {
        lock (_gate)
        {
            return _reading is { IsCompleted: false } ? _reading : _reading = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        IReadOnlyList<EmbeddingSilo> silos = await grains.GetGrain<IEmbeddingSilosGrain>(0).ListAsync();
        Dictionary<SiloAddress, EmbeddingRoute> before = Volatile.Read(ref _routes);
        Dictionary<SiloAddress, EmbeddingRoute> now = silos.ToDictionary(
            silo => silo.Address, silo => before.GetValueOrDefault(silo.Address) ?? new EmbeddingRoute(silo, time));
        foreach (EmbeddingSilo silo in silos)
        {
            now[silo.Address].IsActive = silo.IsActive;
        }

        Volatile.Write(ref _routes, now);
        Volatile.Write(ref _readAt, time.GetTimestamp());
        foreach (EmbeddingRoute gone in before.Values.Where(route => !now.ContainsKey(route.Silo.Address)))
        {
            gone.Leave();
        }
    }
}
