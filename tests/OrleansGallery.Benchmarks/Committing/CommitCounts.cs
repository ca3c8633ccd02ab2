using System.Diagnostics.Metrics;
using OrleansGallery.Grains;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>Counts what the committer wrote, by its instruments.</summary>
internal sealed class CommitCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _commits;
    private long _changes;
    private long _images;

    public CommitCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GrainsInstruments.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
        {
            if (instrument.Name == "gallery.commit.changes")
            {
                Interlocked.Increment(ref _commits);
                Interlocked.Add(ref _changes, value);
            }
            else if (instrument.Name == "gallery.change.images")
            {
                Interlocked.Add(ref _images, value);
            }
        });
        _listener.Start();
    }

    /// <summary>What was written since the last call.</summary>
    /// <returns>Transactions, identity changes and images.</returns>
    public (long Commits, long Changes, long Images) Take() => (
        Interlocked.Exchange(ref _commits, 0), Interlocked.Exchange(ref _changes, 0),
        Interlocked.Exchange(ref _images, 0));

    public void Dispose() => _listener.Dispose();
}
