using System.Text.RegularExpressions;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>Holds a PromQL query against what a service has: its names, its labels, and the words of the language that
/// our queries use.</summary>
internal static partial class PromQuery
{
    private static readonly HashSet<string> Functions =
        ["sum", "max", "min", "count", "rate", "increase", "histogram_quantile", "clamp_min", "scalar", "time"];

    private static readonly HashSet<string> Words = ["by", "and", "or", "unless", "on", "ignoring"];

    // Prometheus adds these to what it scrapes; "up" is its own.
    private static readonly HashSet<string> OfPrometheus = ["job", "instance"];

    /// <summary>What of a query is not there.</summary>
    /// <returns>Empty: nothing.</returns>
    public static string Fault(string query, PrometheusText metrics)
    {
        if (query.Count(letter => letter == '(') != query.Count(letter => letter == ')'))
        {
            return "Its parentheses do not match.";
        }

        HashSet<string> labels = [.. OfPrometheus];
        string grouped = string.Join(' ', Grouping().Matches(query).Select(group => group.Groups[1].Value));
        string rest = Grouping().Replace(Range().Replace(query, " "), " ");
        foreach (Match metric in Metric().Matches(rest))
        {
            string name = metric.Groups["name"].Value;
            if (!metrics.Names.Contains(name))
            {
                return $"There is no {name}.";
            }

            labels.UnionWith(metrics.LabelsOf(name));
            string? unknown = Matcher().Matches(metric.Groups["labels"].Value)
                .Select(matcher => matcher.Groups[1].Value)
                .FirstOrDefault(label => !metrics.LabelsOf(name).Contains(label) && !OfPrometheus.Contains(label));
            if (unknown is not null)
            {
                return $"{name} has no label {unknown}.";
            }
        }

        rest = Metric().Replace(rest, " ");
        return Word().Matches(grouped).Select(label => label.Value).FirstOrDefault(label => !labels.Contains(label))
                is { } noLabel ? $"There is no label {noLabel}."
            : Word().Matches(rest).Select(word => word.Value)
                .FirstOrDefault(word => !Functions.Contains(word) && !Words.Contains(word)) is { } noWord
                ? $"What is {noWord}?"
            : string.Empty;
    }

    /// <summary>Which values of which labels of which metrics a query names, each of a pattern's alternatives by
    /// itself.</summary>
    public static IEnumerable<string[]> LabelValues(string query) => Metric().Matches(query).SelectMany(
        metric => Matcher().Matches(metric.Groups["labels"].Value).SelectMany(
            matcher => matcher.Groups[2].Value.Split('|').Select(
                value => (string[])[metric.Groups["name"].Value, matcher.Groups[1].Value, value])));

    [GeneratedRegex(@"\[\d+[smhd]\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?<name>\b(gallery|http|dotnet)_[a-z0-9_]+)(?<labels>\{[^}]*\})?")]
    private static partial Regex Metric();

    [GeneratedRegex("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
