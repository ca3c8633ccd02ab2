using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Telemetry of the HTTP API and of the decoding before the model. Requests themselves are counted by .NET's
/// own instruments.</summary>
internal sealed class ServerInstruments
{
    /// <summary>The meter's name, and that of the traces' source.</summary>
    public const string MeterName = "OrleansGallery.Server";

    /// <summary>Starts traces of images on their way to the model.</summary>
    public static readonly ActivitySource Traces = new(MeterName);

    private const string Lane = "gallery.lane";

    private readonly Meter _meter;
    private readonly Histogram<double> _decodeQueue;
    private readonly Histogram<double> _decode;
    private readonly Counter<int> _failures;
    private readonly Counter<int> _items;
    private readonly UpDownCounter<int> _streams;
    private readonly Counter<int> _events;
    private readonly Histogram<long> _behind;

    public ServerInstruments(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns its meters.
        _meter = meters.Create(MeterName);
#pragma warning restore CA2000
        _decodeQueue = _meter.CreateHistogram<double>(
            "gallery.decode.queue.duration", "s", "Time that an image waits for a decoding thread");
        _decode = _meter.CreateHistogram<double>(
            "gallery.decode.duration", "s", "Time to decode and resize one image");
        _failures = _meter.CreateCounter<int>(
            "gallery.request.failures", "{request}", "Requests that were answered with a problem, by its code");
        _items = _meter.CreateCounter<int>(
            "gallery.ingest.items", "{item}", "Items of ingest streams, by what became of them");
        _streams = _meter.CreateUpDownCounter<int>(
            "gallery.events.streams", "{stream}", "Streams of events that are open");
        _events = _meter.CreateCounter<int>("gallery.events.sent", "{event}", "Events that were sent");
        _behind = _meter.CreateHistogram<long>(
            "gallery.events.behind", "{commit}", "Commits of a partition that a follower has still to read");
    }

    /// <summary>Adds the gauge of images that wait for a decoding thread.</summary>
    public void ObserveDecoding(Func<int> interactive, Func<int> bulk) => _meter.CreateObservableUpDownCounter(
        "gallery.decode.queue.length",
        () => (Measurement<int>[])
        [
            new(interactive(), TagOf(EmbeddingPriority.Interactive)), new(bulk(), TagOf(EmbeddingPriority.Bulk)),
        ],
        "{image}", "Images that wait for a decoding thread");

    /// <summary>The decoding of an image begins.</summary>
    /// <param name="lane">Its queue.</param>
    /// <param name="queued">When it got in line, a <see cref="Stopwatch"/>'s time stamp.</param>
    public void OnDecodeBegins(EmbeddingPriority lane, long queued) =>
        _decodeQueue.Record(Stopwatch.GetElapsedTime(queued).TotalSeconds, TagOf(lane));

    /// <summary>An image was decoded, or refused.</summary>
    /// <param name="started">When that began.</param>
    public void OnDecoded(long started) => _decode.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);

    /// <summary>A request is answered with a problem.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    public void OnFailed(string code) => _failures.Add(1, new KeyValuePair<string, object?>("error.type", code));

    /// <summary>An item of a stream is answered.</summary>
    public void OnAnswered(IngestAck ack) => _items.Add(
        1, new("gallery.status", NameOf(ack.Status)), new("error.type", ack.Error?.Code ?? "none"));

    /// <summary>Streams of events were opened, or closed.</summary>
    public void OnStreams(int change) => _streams.Add(change);

    /// <summary>Events were sent.</summary>
    public void OnEventsSent(int events) => _events.Add(events);

    /// <summary>A partition's changes were read.</summary>
    /// <param name="behind">How many commits are left to read.</param>
    public void OnFollowed(long behind) => _behind.Record(behind);

    private static KeyValuePair<string, object?> TagOf(EmbeddingPriority lane) =>
        new(Lane, lane == EmbeddingPriority.Interactive ? "interactive" : "bulk");

    private static string NameOf(EnrolStatus status) => status switch
    {
        EnrolStatus.Searchable => "searchable",
        EnrolStatus.Stored => "stored",
        EnrolStatus.Duplicate => "duplicate",
        EnrolStatus.Conflict => "conflict",
        _ => "rejected",
    };
}
