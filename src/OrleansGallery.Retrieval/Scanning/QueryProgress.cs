namespace OrleansGallery.Retrieval;

/// <summary>One query of a job: its best matches and what was done for it, by all threads.</summary>
internal sealed class QueryProgress : IDisposable
{
    // Below this many rows the share that passes says little.
    private const long MinBounded = 8 << 10;

    // Every so many parts the first stage is tried again.
    private const int RetryEvery = 16;

    private readonly Lock _lock = new();
    private ScanEvidence _evidence;
    private long _projectedBounded;
    private long _projectedPassed;

    public QueryProgress(ScanQuery query)
    {
        Query = query;
        Codes = query.Unit.Length >= RowCoding.MinDimension ? new QueryCodes(query) : null;
        Best = new(query.Top, query.MinimumScore);
    }

    public ScanQuery Query { get; }

    /// <summary>Null for dimensions whose rows are not coded.</summary>
    public QueryCodes? Codes { get; }

    public TopMatches Best { get; }

    public ScanEvidence Evidence => _evidence;

    /// <summary>Whether the first stage lets so much pass that a part is done sooner without it.</summary>
    public bool SkipsProjected(int part, double share) =>
        Volatile.Read(ref _projectedBounded) >= MinBounded && part % RetryEvery != 0
        && Volatile.Read(ref _projectedPassed) > share * Volatile.Read(ref _projectedBounded);

    public void Add(in ScanEvidence part)
    {
        lock (_lock)
        {
            _evidence.Add(part);
            Volatile.Write(ref _projectedBounded, _evidence.ProjectedBounded);
            Volatile.Write(ref _projectedPassed, _evidence.ProjectedPassed);
        }
    }

    public void Dispose() => Best.Dispose();
}
