using System.Collections.Concurrent;
using OrleansGallery.Storage;

namespace OrleansGallery.Simulation;

/// <summary>What is to go wrong at the next commits of galleries, whichever silo makes them.</summary>
internal sealed class ArmedFaults
{
    private readonly ConcurrentDictionary<long, CommitFault> _armed = new();

    /// <summary>Arms a fault for a gallery's next commit.</summary>
    /// <param name="gallery">The gallery's number.</param>
    /// <param name="fault">What goes wrong.</param>
    public void Arm(long gallery, CommitFault fault) => _armed[gallery] = fault;

    /// <summary>Makes a commit, with what goes wrong.</summary>
    /// <typeparam name="T">What the commit gives.</typeparam>
    /// <param name="galleries">The galleries that it writes to.</param>
    /// <param name="commit">The commit.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="StoreAwayException">A fault was armed.</exception>
    public async Task<T> CommitAsync<T>(IEnumerable<long> galleries, Func<Task<T>> commit)
    {
        CommitFault? fault = null;
        foreach (long gallery in galleries.Distinct())
        {
            fault = _armed.TryRemove(gallery, out CommitFault armed) ? armed : fault;
        }

        if (fault is CommitFault.Failed or CommitFault.LostBefore)
        {
            throw Away(isOutcomeUnknown: fault == CommitFault.LostBefore);
        }

        T answer = await commit();
        return fault is null ? answer : throw Away(isOutcomeUnknown: true);
    }

    private static StoreAwayException Away(bool isOutcomeUnknown) =>
        new(StoreAwayReason.Unreachable, "The simulation lost the store.") { IsOutcomeUnknown = isOutcomeUnknown };
}
