using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansGallery.Grains;

/// <summary>Telemetry of the grains: what becomes of images behind their embedding, and of searches.</summary>
public sealed class GrainsInstruments
{
    /// <summary>The meter's name, and that of the traces' source.</summary>
    public const string MeterName = "OrleansGallery.Grains";

    /// <summary>Starts traces of searches and commits.</summary>
    internal static readonly ActivitySource Traces = new(MeterName);

    private readonly Histogram<double> _fold;
    private readonly Histogram<int> _images;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _changes;
    private readonly Histogram<double> _publish;
    private readonly Histogram<double> _search;
    private readonly Counter<int> _missing;
    private readonly Histogram<double> _scanQueue;
    private readonly Histogram<int> _scanRequests;
    private readonly Histogram<double> _scan;
    private readonly Histogram<double> _merge;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    public GrainsInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
#pragma warning disable CA2000 // The factory owns its meters.
        Meter = meters.Create(MeterName);
#pragma warning restore CA2000
        _fold = Seconds("gallery.fold.duration", "Time to work an identity's waiting images into its sums");
        _images = Counts("gallery.change.images", "{image}", "Images added or removed by one identity change");
        _commit = Seconds("gallery.commit.duration", "Time of one transaction of the silo's committer, by its outcome");
        _changes = Counts("gallery.commit.changes", "{change}", "Identity changes in one transaction");
        _publish = Seconds("gallery.publish.duration", "Time to make a transaction's rows visible to searches");
        _search = Seconds("gallery.search.duration", "Time of one search over all silos");
        _missing = Meter.CreateCounter<int>(
            "gallery.search.partitions.missing", "{partition}", "Partitions that did not answer a search in time");
        _scanQueue = Seconds("gallery.scan.queue.duration", "Time that a search waits for its scan on one silo");
        _scanRequests = Counts("gallery.scan.requests", "{request}", "Searches that one scan answers");
        _scan = Seconds("gallery.scan.duration", "Time of one scan of a silo's partitions");
        _merge = Seconds("gallery.merge.duration", "Time to merge the silos' answers of one search");
    }

    /// <summary>The meter, for the gauges.</summary>
    internal Meter Meter { get; }

    /// <summary>The store has answered a transaction, or not.</summary>
    /// <param name="outcome">What became of it: <c>committed</c>; <c>refused</c>, its data or its partitions' owners;
    /// <c>failed</c>, the store wrote nothing; <c>unknown</c>.</param>
    /// <param name="changes">Its identity changes.</param>
    /// <param name="duration">How long it took.</param>
    internal void OnCommit(string outcome, int changes, TimeSpan duration)
    {
        _changes.Record(changes);
        _commit.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("gallery.outcome", outcome));
    }

    /// <summary>An identity sent a change to its partition.</summary>
    /// <param name="images">How many images it adds or removes.</param>
    public void OnChanged(int images) => _images.Record(images);

    /// <summary>Images were worked into an identity's sums.</summary>
    /// <param name="started">When that began, a <see cref="Stopwatch"/>'s time stamp.</param>
    internal void OnFolded(long started) => Record(_fold, started);

    /// <summary>A transaction's rows became visible.</summary>
    /// <param name="started">When that began.</param>
    internal void OnPublished(long started) => Record(_publish, started);

    /// <summary>The scan of a search begins.</summary>
    /// <param name="queued">When the search got in line.</param>
    internal void OnScanBegins(long queued) => Record(_scanQueue, queued);

    /// <summary>A scan is done.</summary>
    /// <param name="requests">How many searches it answers.</param>
    /// <param name="started">When it began.</param>
    internal void OnScanned(int requests, long started)
    {
        _scanRequests.Record(requests);
        Record(_scan, started);
    }

    /// <summary>Answers were merged.</summary>
    /// <param name="started">When that began.</param>
    internal void OnMerged(long started) => Record(_merge, started);

    /// <summary>A search is over.</summary>
    /// <param name="missing">How many partitions did not answer.</param>
    /// <param name="started">When it began.</param>
    internal void OnSearched(int missing, long started)
    {
        _missing.Add(missing);
        Record(_search, started);
    }

    private static void Record(Histogram<double> histogram, long started)
    {
        if (histogram.Enabled)
        {
            histogram.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    private Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram<double>(name, "s", description);

    private Histogram<int> Counts(string name, string unit, string description) =>
        Meter.CreateHistogram<int>(name, unit, description);
}
