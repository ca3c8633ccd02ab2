using Microsoft.Extensions.Options;

namespace OrleansGallery.Grains;

/// <summary>
/// Bounds how many identities a silo keeps in memory, whatever the rate at which they arrive: one that was not used
/// since its last turn leaves for a new one. Thread-safe.
/// </summary>
/// <param name="options">How many (<see cref="PartitionOptions.MaxActiveIdentities"/>).</param>
internal sealed class ActiveIdentities(IOptions<PartitionOptions> options)
{
    // Turns per newcomer: what is left over is made up for by the next ones, so that none of them waits long.
    private const int TurnsAtOnce = 4;

    private readonly Lock _gate = new();
    private readonly Queue<ActiveIdentity> _turns = new();

    /// <summary>How many there are, with those that have left but not had their turn yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _turns.Count;
            }
        }
    }

    /// <summary>An identity came into memory.</summary>
    /// <param name="identity">The identity.</param>
    public void Add(ActiveIdentity identity)
    {
        lock (_gate)
        {
            _turns.Enqueue(identity);
            for (int turn = 0; turn < TurnsAtOnce && _turns.Count > options.Value.MaxActiveIdentities; turn++)
            {
                ActiveIdentity next = _turns.Dequeue();
                if (next == identity || !next.TryLeave())
                {
                    _turns.Enqueue(next);
                }
            }
        }
    }
}
