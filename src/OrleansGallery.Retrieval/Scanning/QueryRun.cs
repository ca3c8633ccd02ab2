namespace OrleansGallery.Retrieval;

/// <summary>One query of a job: its best matches and what was done for it, by all threads.</summary>
internal sealed class QueryRun : IDisposable
{
    // Below this many rows the share that passes says little.
    private const long MinBounded = 8 << 10;

    // Every so many parts the first stage is tried again.
    private const int RetryEvery = 16;

    private readonly Lock _lock = new();
    private ScanCounts _counts = ScanCounts.None;
    private long _firstBounded;
    private long _firstPassed;

    public QueryRun(ScanQuery query)
    {
        Query = query;
        Codes = query.Unit.Length >= RowCoding.MinDimension ? new QueryCodes(query) : null;
        Best = new(query.Top, query.MinimumScore);
    }

    public ScanQuery Query { get; }

    /// <summary>Null for dimensions whose rows are not coded.</summary>
    public QueryCodes? Codes { get; }

    public TopMatches Best { get; }

    public ScanCounts Counts => _counts;

    /// <summary>Whether the first stage lets so much pass that a part is done sooner without it.</summary>
    public bool SkipsFirst(int part, double share) =>
        Volatile.Read(ref _firstBounded) >= MinBounded && part % RetryEvery != 0
        && Volatile.Read(ref _firstPassed) > share * Volatile.Read(ref _firstBounded);

    public void Add(in ScanCounts counts)
    {
        lock (_lock)
        {
            _counts.Add(counts);
            Volatile.Write(ref _firstBounded, _counts.FirstBounded);
            Volatile.Write(ref _firstPassed, _counts.FirstPassed);
        }
    }

    public void Dispose() => Best.Dispose();
}
