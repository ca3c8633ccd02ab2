using System.Diagnostics;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Counts answers while an ingest runs. Files are read and acks arrive on different threads.</summary>
internal sealed class IngestTally(string gallery, int files)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<IngestFailure> _failures = [];
    private long _enrolled;
    private long _duplicates;

    public string Gallery => gallery;

    public int Files => files;

    /// <summary>Files whose fate is known.</summary>
    public long Answered
    {
        get
        {
            lock (_lock)
            {
                return _enrolled + _duplicates + _failures.Count;
            }
        }
    }

    public double Rate => Answered / Math.Max(_watch.Elapsed.TotalSeconds, 0.001);

    public TimeSpan? Left => Answered == 0 ? null : TimeSpan.FromSeconds((files - Answered) / Rate);

    public void Add(EnrolStatus status)
    {
        lock (_lock)
        {
            _ = status == EnrolStatus.Duplicate ? _duplicates++ : _enrolled++;
        }
    }

    public void AddFailure(IngestFailure failure)
    {
        lock (_lock)
        {
            _failures.Add(failure);
        }
    }

    public IngestSummary Summarize()
    {
        lock (_lock)
        {
            double seconds = Math.Max(_watch.Elapsed.TotalSeconds, 0.001);
            return new IngestSummary
            {
                Gallery = gallery,
                Files = files,
                Enrolled = _enrolled,
                Duplicates = _duplicates,
                Failures = [.. _failures],
                Seconds = seconds,
                ImagesPerSecond = (_enrolled + _duplicates + _failures.Count) / seconds,
            };
        }
    }
}
