using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Commits that ended before the partition was asked to lend itself for them: messages may overtake each other, and
/// whoever lent itself afterwards would wait for an end that it has heard of already. A few, and for a while: what is
/// forgotten costs that wait. Not thread-safe: it is used on its grain's turns.
/// </summary>
/// <param name="kept">How long.</param>
/// <param name="time">The clock.</param>
internal sealed class EndedLoans(TimeSpan kept, TimeProvider time)
{
    /// <summary>The most that are remembered.</summary>
    internal const int MaxCount = 1024;

    private readonly Dictionary<Guid, long> _ended = [];
    private readonly Queue<Guid> _order = new();

    /// <summary>A commit ended for which nothing is lent here.</summary>
    /// <param name="token">The commit's token.</param>
    public void Add(Guid token)
    {
        while (_order.TryPeek(out Guid oldest) && (_order.Count >= MaxCount || IsOld(_ended[oldest])))
        {
            _ended.Remove(_order.Dequeue());
        }

        if (_ended.TryAdd(token, time.GetTimestamp()))
        {
            _order.Enqueue(token);
        }
    }

    /// <summary>Refuses to lend for what has ended.</summary>
    /// <param name="token">The commit's token.</param>
    /// <exception cref="RetryException">It has.</exception>
    public void RequireNot(Guid token)
    {
        if (_ended.TryGetValue(token, out long ended) && !IsOld(ended))
        {
            throw new RetryException("The operation ended before the partition was lent for it.")
            {
                NothingWritten = true,
            };
        }
    }

    private bool IsOld(long ended) => time.GetElapsedTime(ended) > kept;
}
