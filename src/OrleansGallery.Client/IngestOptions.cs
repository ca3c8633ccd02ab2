namespace OrleansGallery.Client;

/// <summary>How <see cref="GalleryClient.IngestAsync"/> cuts an endless stream into requests.</summary>
public sealed class IngestOptions
{
    /// <summary>Items per request, at most 10,000. A request takes what has queued up, never waits for more. Default:
    /// 1,000.</summary>
    public int MaxBatchItems { get; init; } = 1_000;

    /// <summary>Bytes per request, as base64; one larger item travels alone. Default: 4 MiB.</summary>
    public long MaxBatchBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Requests under way at once. Default: 4.</summary>
    public int MaxRequests { get; init; } = 4;

    /// <summary>
    /// Items read from the source whose acks were not yielded yet; the source is not read further. Default: 2,048.
    /// </summary>
    public int MaxItemsInFlight { get; init; } = 2_048;

    /// <summary>The same in bytes, as base64; one larger item travels alone. Default: 64 MiB.</summary>
    public long MaxBytesInFlight { get; init; } = 64 * 1024 * 1024;

    /// <summary>How often one item is sent at most before its failure is final. Default: 10.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>The pause before an item is sent again; doubled each time. Default: 100 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest such pause. Default: 5 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A request without a line sent or an ack received for so long counts as broken. Default: 100
    /// seconds.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(100);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxBatchItems, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRequests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItemsInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytesInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AckTimeout, TimeSpan.Zero);
    }

    internal TimeSpan DelayAfter(int attempts)
    {
        double factor = Math.Pow(2, Math.Min(attempts, 30) - 1);
        return TimeSpan.FromTicks((long)Math.Min(RetryDelay.Ticks * factor, MaxRetryDelay.Ticks));
    }
}
