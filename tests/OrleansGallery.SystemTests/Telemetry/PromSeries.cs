namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>A series at one time.</summary>
/// <param name="Name">Its metric; empty: a query's answer.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">What it is.</param>
/// <param name="Rate">By how much it grows a second.</param>
internal sealed record PromSeries(string Name, IReadOnlyDictionary<string, string> Labels, double Value, double Rate)
{
    /// <summary>A query's answer with some of these labels.</summary>
    public PromSeries Only(Func<string, bool> keeps, double value) => new(
        string.Empty, Labels.Where(label => keeps(label.Key)).ToDictionary(), value, 0);

    /// <summary>The labels as one text, alike for alike ones.</summary>
    public string Key() => string.Join(
        ',', Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
