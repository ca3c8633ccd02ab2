using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansGallery.Inference.Batching;

/// <summary>Telemetry of the batchers: how long images wait, how many go together, and how long the model takes.
/// </summary>
public sealed class InferenceInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "OrleansGallery.Inference";

    private readonly Meter _meter;
    private readonly Histogram<double> _wait;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _forward;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public InferenceInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
#pragma warning disable CA2000 // The factory owns its meters.
        _meter = meters.Create(MeterName);
#pragma warning restore CA2000
        _wait = _meter.CreateHistogram<double>(
            "gallery.embed.queue.duration", "s", "Time that an image waits for its batch");
        _batch = _meter.CreateHistogram<int>("gallery.embed.batch.images", "{image}", "Images in one batch");
        _forward = _meter.CreateHistogram<double>(
            "gallery.embed.forward.duration", "s", "Time of one forward pass of a batch");
    }

    /// <summary>Adds the gauge of images that wait.</summary>
    /// <param name="length">How many wait now.</param>
    public void ObserveQueue(Func<int> length) => _meter.CreateObservableUpDownCounter(
        "gallery.embed.queue.length", length, "{image}", "Images that wait for a batch");

    /// <summary>An image is in a batch.</summary>
    internal void OnTaken(TimeSpan wait) => _wait.Record(wait.TotalSeconds);

    /// <summary>A forward pass is over.</summary>
    internal void OnForward(int images, long started)
    {
        _batch.Record(images);
        _forward.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
