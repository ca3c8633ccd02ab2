using System.Diagnostics;

namespace OrleansGallery.Training;

/// <summary>How fast a run is.</summary>
internal sealed class SpeedMeter(BatchLoader loader, double secondsBefore)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _waited;
    private int _images;

    /// <summary>Seconds of the run, earlier stretches included.</summary>
    public double Seconds => secondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds;

    public void Add(int images) => _images += images;

    public TrainingProgress Report(StepRecord last, int epochs, int step, int steps, long imagesLeft)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_since);
        double speed = _images / Math.Max(elapsed.TotalSeconds, 1e-9);
        double waited = (loader.Waited - _waited) / elapsed;
        (_since, _waited, _images) = (Stopwatch.GetTimestamp(), loader.Waited, 0);
        return new TrainingProgress(
            last, epochs, step, steps, speed, TimeSpan.FromSeconds(Math.Min(imagesLeft / speed, 1e9)), waited);
    }
}
