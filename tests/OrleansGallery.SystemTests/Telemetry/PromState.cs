namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>Series as Prometheus would have them at one time: what each is, and how fast it grows.</summary>
internal sealed class PromState
{
    private readonly List<PromSeries> _series = [];

    public IReadOnlyList<PromSeries> Series => _series;

    public void Add(string name, IReadOnlyDictionary<string, string> labels, double value, double rate) =>
        _series.Add(new PromSeries(
            name, new Dictionary<string, string>(labels) { ["instance"] = "127.0.0.1:5210", ["job"] = "gallery" },
            value, rate));
}
