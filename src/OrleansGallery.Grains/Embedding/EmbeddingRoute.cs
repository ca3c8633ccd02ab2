using System.Collections.Concurrent;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>An embedding silo as a caller sees it: what it reported last, and what it was sent since.</summary>
internal sealed class EmbeddingRoute(EmbeddingSilo silo, TimeProvider time)
{
    // What others had in a queue may be gone by then.
    private static readonly TimeSpan ReportLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Avoidance = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _lacking = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _sent = new int[2];
    private Report? _report;
    private long _failedAt = long.MinValue;

    public EmbeddingSilo Silo { get; } = silo;

    /// <summary>Whether it takes work.</summary>
    public bool IsActive { get; set; } = silo.IsActive;

    /// <summary>Ends when the silo is no longer in the cluster: what it has not answered, it never will.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Whether it failed a moment ago without a word of its own.</summary>
    public bool IsAvoided => IsWithin(Avoidance, Volatile.Read(ref _failedAt));

    /// <summary>How much is before an image there: first what decides, then what decides between equals. Own images
    /// that are on their way count where they are more than what was reported.</summary>
    public (int First, int Second) Before(EmbeddingPriority priority)
    {
        Report? report = Volatile.Read(ref _report);
        report = report is not null && IsWithin(ReportLife, report.At) ? report : null;
        int interactive = Math.Max(Sent(EmbeddingPriority.Interactive), report?.Interactive ?? 0);
        int all = interactive + Math.Max(Sent(EmbeddingPriority.Bulk), report?.Bulk ?? 0);
        return priority == EmbeddingPriority.Interactive ? (interactive, all) : (all, interactive);
    }

    /// <summary>Counts own images that were sent (1) and that came back (-1).</summary>
    public void AddSent(EmbeddingPriority priority, int images) => Interlocked.Add(ref _sent[(int)priority], images);

    public void Hear(EmbeddingAnswer answer) =>
        Volatile.Write(ref _report, new Report(answer.Interactive, answer.Bulk, time.GetTimestamp()));

    public void Avoid() => Volatile.Write(ref _failedAt, time.GetTimestamp());

    public void Leave() => _gone.TrySetResult();

    /// <summary>It said that it does not have a model yet, or not at all.</summary>
    public void MarkLacking(string modelId) => _lacking[modelId] = time.GetTimestamp();

    /// <summary>Whether it said so a moment ago.</summary>
    public bool Lacks(string modelId) =>
        _lacking.TryGetValue(modelId, out long at) && IsWithin(Avoidance, at);

    private int Sent(EmbeddingPriority priority) => Volatile.Read(ref _sent[(int)priority]);

    private bool IsWithin(TimeSpan span, long at) => at != long.MinValue && time.GetElapsedTime(at) < span;

    private sealed record Report(int Interactive, int Bulk, long At);
}
