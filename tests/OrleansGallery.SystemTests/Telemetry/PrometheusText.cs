using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>An answer in Prometheus' text format, read as strictly as it is specified: every series once, every family
/// in one piece behind its type, every histogram whole.</summary>
internal sealed partial class PrometheusText
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _labels = new(StringComparer.Ordinal);

    private PrometheusText()
    {
    }

    /// <summary>The names of what can be asked for: a histogram's three as well.</summary>
    public IReadOnlyCollection<string> Names => _labels.Keys;

    public static PrometheusText Parse(string text)
    {
        PrometheusText parsed = new();
        string family = string.Empty;
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (string line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                family = parsed.TakeComment(line, family);
            }
            else
            {
                parsed.TakeSample(line, family);
            }
        }

        foreach ((string name, _) in parsed._types.Where(type => type.Value == "histogram"))
        {
            parsed.CheckHistogram(name);
        }

        return parsed;
    }

    /// <summary>Every series with its labels.</summary>
    public IEnumerable<(string Name, Dictionary<string, string> Labels)> Series => _series.Keys.Select(key =>
        (key.Split('{')[0], Label().Matches(key).ToDictionary(
            label => label.Groups[1].Value, label => label.Groups[2].Value)));

    /// <summary>What all series of a name add up to; 0: there is none.</summary>
    public double Sum(string name) => _series
        .Where(series => series.Key.StartsWith(name + "{", StringComparison.Ordinal) || series.Key == name)
        .Sum(series => series.Value);

    /// <summary>What kind of metric a family is; null: there is none.</summary>
    public string? TypeOf(string family) => _types.GetValueOrDefault(family);

    /// <summary>The labels that some series of a name has.</summary>
    public IReadOnlyCollection<string> LabelsOf(string name) => _labels[name];

    private string TakeComment(string line, string family)
    {
        Match comment = Comment().Match(line);
        if (!comment.Success)
        {
            Assert.Equal("# EOF", line);
            return family;
        }

        string name = comment.Groups["name"].Value;
        if (comment.Groups["kind"].Value == "TYPE")
        {
            Assert.Contains(comment.Groups["rest"].Value, (string[])["counter", "gauge", "histogram", "untyped"]);
            Assert.True(_types.TryAdd(name, comment.Groups["rest"].Value), $"{name} has two types.");
        }

        return name;
    }

    private void TakeSample(string line, string family)
    {
        Match sample = Sample().Match(line);
        Assert.True(sample.Success, $"No sample: {line}");
        string name = sample.Groups["name"].Value;
        string[] names = _types[family] == "histogram"
            ? [$"{family}_bucket", $"{family}_sum", $"{family}_count"]
            : [family];
        Assert.Contains(name, names);
        double value = sample.Groups["value"].Value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            string number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        Assert.True(_series.TryAdd(name + sample.Groups["labels"].Value, value), $"There twice: {line}");
        HashSet<string> labels = _labels.TryGetValue(name, out HashSet<string>? known) ? known : _labels[name] = [];
        labels.UnionWith(Label().Matches(sample.Groups["labels"].Value).Select(label => label.Groups[1].Value));
    }

    private void CheckHistogram(string family)
    {
        foreach (IGrouping<string, KeyValuePair<string, double>> one in _series
            .Where(series => series.Key.StartsWith($"{family}_bucket{{", StringComparison.Ordinal))
            .GroupBy(series => Le().Replace(series.Key[$"{family}_bucket".Length..], string.Empty)))
        {
            double[] counts = [.. one.Select(series => series.Value)];
            Assert.Equal(counts.Order(), counts);
            Assert.Contains("le=\"+Inf\"", one.Last().Key, StringComparison.Ordinal);
            string labels = one.Key == "{}" ? string.Empty : one.Key;
            Assert.Equal(counts[^1], _series[$"{family}_count{labels}"]);
            Assert.Contains($"{family}_sum{labels}", _series.Keys);
        }
    }

    [GeneratedRegex("^# (?<kind>HELP|TYPE|UNIT) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)( (?<rest>.*))?$")]
    private static partial Regex Comment();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)*\})?"""
        + """ (?<value>[-+0-9.eE]+|[+-]Inf|NaN)( \d+)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Label();

    [GeneratedRegex(",?le=\"[^\"]*\"")]
    private static partial Regex Le();
}
