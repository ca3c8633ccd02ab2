using System.Text.RegularExpressions;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>What <c>/metrics</c> of a running process says, held against what is written of it in
/// <c>deploy/grafana</c>.</summary>
public sealed partial class MetricsTests(MeteredService service) : IClassFixture<MeteredService>
{
    // Nothing fails in the test's process, and none of its partitions is away.
    private static readonly string[] StandStill =
    [
        "gallery_store_failing", "gallery_partitions", "gallery_search_partitions_missing_total",
        "gallery_commit_queue_length", "gallery_scan_queue_length", "gallery_decode_queue_length",
        "gallery_embed_queue_length", "http_server_active_requests", "gallery_events_streams",
    ];

    [Fact]
    public async Task Metrics_AsDocumented_AreThere_AndMoveWhenWorkIsDone()
    {
        await service.WorkAsync();
        PrometheusText before = await service.ReadAsync();
        await service.WorkAsync();
        PrometheusText after = await service.ReadAsync();

        (string Name, string Type)[] documented = [.. Documented()];
        Assert.True(documented.Length > 20);
        foreach ((string name, string type) in documented)
        {
            Assert.Equal((name, type), (name, after.TypeOf(name)));
            string moves = type == "histogram" ? $"{name}_count" : name;
            if (!StandStill.Contains(name))
            {
                Assert.True(after.Sum(moves) > before.Sum(moves), $"{name} stood still at {after.Sum(moves)}.");
            }
        }

        string[] own = [.. documented.Select(one => one.Name)];
        Assert.Empty(after.Names
            .Where(name => name.StartsWith("gallery_", StringComparison.Ordinal))
            .Select(name => Suffix().Replace(name, string.Empty))
            .Except(own));
    }

    [Fact]
    public async Task Commits_OfAnOperation_AreMeasuredOnceWithTheirOutcome()
    {
        (PrometheusText before, PrometheusText after) = await service.MergeAsync();

        const string Commits = "gallery_commit_duration_seconds_count";
        Assert.Equal(1, after.Sum(Commits) - before.Sum(Commits));
        Assert.All(
            after.Series.Where(series => series.Name == Commits),
            series => Assert.Equal("committed", series.Labels["gallery_outcome"]));
    }

    [Fact]
    public async Task Metrics_Labels_NameNeitherGalleriesNorIdentities()
    {
        await service.WorkAsync();

        string text = await service.TextAsync();

        Assert.DoesNotContain(MeteredService.Gallery, text, StringComparison.Ordinal);
        Assert.DoesNotContain(MeteredService.Identity, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_OfDashboardAndAlerts_AskForWhatIsThere()
    {
        await service.WorkAsync();
        PrometheusText metrics = await service.ReadAsync();

        string[] queries = [.. GrafanaFolder.Queries()];

        Assert.True(queries.Length > 20, $"{queries.Length} queries.");
        Assert.All(queries, query => Assert.Equal((query, ""), (query, PromQuery.Fault(query, metrics))));
    }

    [Theory]
    [InlineData("sum(rate(gallery_nonsense_total[5m]))")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(gallery_scan_duration_seconds[5m])))")]
    [InlineData("gallery_request_failures_total{error=\"internal\"}")]
    [InlineData("sum by (gallery) (gallery_rows)")]
    [InlineData("summ(gallery_rows)")]
    [InlineData("sum(gallery_rows")]
    public async Task Fault_OfAQueryThatFindsNothing_NamesIt(string query)
    {
        await service.WorkAsync();
        Assert.NotEqual("", PromQuery.Fault(query, await service.ReadAsync()));
    }

    private static IEnumerable<(string Name, string Type)> Documented() =>
        File.ReadLines(GrafanaFolder.File("README.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value));

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (counter|gauge|histogram) \|")]
    private static partial Regex Row();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
