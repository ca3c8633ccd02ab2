using System.Diagnostics.Metrics;

namespace OrleansGallery.Grains;

/// <summary>Telemetry of the grains: what the committer writes.</summary>
public sealed class GrainsInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "OrleansGallery.Grains";

    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _changes;
    private readonly Histogram<int> _images;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public GrainsInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
#pragma warning disable CA2000 // The factory owns its meters.
        Meter meter = meters.Create(MeterName);
#pragma warning restore CA2000
        _duration = meter.CreateHistogram<double>(
            "gallery.commit.duration", "s", "Time of one transaction of the silo's committer");
        _changes = meter.CreateHistogram<int>(
            "gallery.commit.changes", "{change}", "Identity changes in one transaction");
        _images = meter.CreateHistogram<int>(
            "gallery.change.images", "{image}", "Images added or removed by one identity change");
    }

    /// <summary>A transaction was committed.</summary>
    /// <param name="changes">Its identity changes.</param>
    /// <param name="duration">How long it took.</param>
    public void OnCommitted(int changes, TimeSpan duration)
    {
        _changes.Record(changes);
        _duration.Record(duration.TotalSeconds);
    }

    /// <summary>An identity sent a change to its partition.</summary>
    /// <param name="images">How many images it adds or removes.</param>
    public void OnChanged(int images) => _images.Record(images);
}
