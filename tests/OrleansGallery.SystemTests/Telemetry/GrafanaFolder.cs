using System.Text.Json;
using OrleansGallery.Testing;
using YamlDotNet.RepresentationModel;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>What is delivered for Grafana and Prometheus.</summary>
internal static class GrafanaFolder
{
    public static string File(string name) => Path.Combine(Repository.Root, "deploy", "grafana", name);

    /// <summary>Every query of the dashboard and of the alert rules.</summary>
    public static IEnumerable<string> Queries() => [.. OfDashboard(), .. Rules().Select(rule => rule.Expression)];

    /// <summary>The alert rules.</summary>
    public static IReadOnlyList<(string Name, string Expression)> Rules()
    {
        YamlStream alerts = [];
        using StringReader text = new(System.IO.File.ReadAllText(File("alerts.yaml")));
        alerts.Load(text);
        return
        [
            .. ((YamlSequenceNode)alerts.Documents[0].RootNode["groups"]).Children
                .SelectMany(group => ((YamlSequenceNode)group["rules"]).Children)
                .Select(rule => (((YamlScalarNode)rule["alert"]).Value!, ((YamlScalarNode)rule["expr"]).Value!)),
        ];
    }

    private static IEnumerable<string> OfDashboard()
    {
        using JsonDocument dashboard = JsonDocument.Parse(System.IO.File.ReadAllText(File("dashboard.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.GetProperty("type").GetString() != "row")
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!),
        ];
    }
}
