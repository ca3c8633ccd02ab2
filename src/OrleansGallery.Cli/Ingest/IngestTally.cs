using System.Diagnostics;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Counts answers while an ingest runs. Files are read and acks arrive on different threads.</summary>
/// <param name="gallery">The gallery.</param>
/// <param name="files">How many there are; null: it is not known before the end.</param>
/// <param name="read">How much was read of what there is, 0..1, where <paramref name="files"/> is not known.</param>
/// <param name="mostFailures">So many failures are kept at most; the others are counted.</param>
internal sealed class IngestTally(
    string gallery, int? files, Func<double>? read = null, int mostFailures = int.MaxValue)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<IngestFailure> _failures = [];
    private long _enrolled;
    private long _duplicates;
    private long _conflicts;
    private long _failed;

    public string Gallery => gallery;

    /// <summary>How many there are; null: it is not known yet.</summary>
    public int? Files => files;

    /// <summary>Files whose fate is known.</summary>
    public long Answered
    {
        get
        {
            lock (_lock)
            {
                return _enrolled + _duplicates + _failed;
            }
        }
    }

    public double Rate => Answered / Math.Max(_watch.Elapsed.TotalSeconds, 0.001);

    /// <summary>How much is done, 0..1.</summary>
    public double Share => files is { } all ? (double)Answered / Math.Max(1, all) : read?.Invoke() ?? 0;

    public TimeSpan? Left => Answered == 0 || Share is not (> 0 and var share)
        ? null
        : _watch.Elapsed * Math.Max(0, (1 - share) / share);

    public void Add(EnrolStatus status)
    {
        lock (_lock)
        {
            _ = status == EnrolStatus.Duplicate ? _duplicates++ : _enrolled++;
        }
    }

    /// <summary>Counts a failure, and keeps it where it is one of the first.</summary>
    /// <returns>False: too many were kept already.</returns>
    public bool AddFailure(IngestFailure failure)
    {
        lock (_lock)
        {
            _failed++;
            _conflicts += failure.Code == ErrorCodes.ImageConflict ? 1 : 0;
            if (_failures.Count == mostFailures)
            {
                return false;
            }

            _failures.Add(failure);
            return true;
        }
    }

    public IngestSummary Summarize()
    {
        lock (_lock)
        {
            double seconds = Math.Max(_watch.Elapsed.TotalSeconds, 0.001);
            long answered = _enrolled + _duplicates + _failed;
            return new IngestSummary
            {
                Gallery = gallery,
                Files = files ?? checked((int)answered),
                Enrolled = _enrolled,
                Duplicates = _duplicates,
                Conflicts = _conflicts,
                Failed = _failed,
                Failures = [.. _failures],
                Seconds = seconds,
                ImagesPerSecond = answered / seconds,
            };
        }
    }
}
