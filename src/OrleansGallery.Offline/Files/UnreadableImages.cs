namespace OrleansGallery.Offline;

/// <summary>
/// Counts images that could not be read. Up to five per cent are skipped; more mean that the data set is not what it is
/// taken for, and the run stops. Safe for use by several threads.
/// </summary>
/// <param name="images">How many images there are.</param>
public sealed class UnreadableImages(int images)
{
    /// <summary>The share that is skipped at most.</summary>
    public const double Limit = 0.05;

    private const int Shown = 20;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    /// <summary>How many different images failed.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _reasons.Count;
            }
        }
    }

    /// <summary>Path and reason of each.</summary>
    public IReadOnlyList<string> Reasons
    {
        get
        {
            lock (_lock)
            {
                return [.. _reasons.Select(item => $"{item.Key}: {item.Value}")];
            }
        }
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="path">The image.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="InvalidDataException">That makes more than the limit; the message lists them.</exception>
    public void Add(string path, string reason)
    {
        lock (_lock)
        {
            _reasons[path] = reason;
            if (_reasons.Count <= Limit * images)
            {
                return;
            }
        }

        IReadOnlyList<string> all = Reasons;
        string more = all.Count > Shown ? $"\n  and {all.Count - Shown} more" : string.Empty;
        throw new InvalidDataException(
            $"{all.Count} of {images} images cannot be read, more than {Limit:P0}:\n  "
            + $"{string.Join("\n  ", all.Take(Shown))}{more}");
    }
}
