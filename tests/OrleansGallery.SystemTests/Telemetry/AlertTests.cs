using System.Reflection;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>
/// Whether every rule of <c>deploy/grafana/alerts.yaml</c> can fire, and only when something is wrong: each is worked
/// out on the series that a running service has, with what would be the worst and the best that they can say.
/// </summary>
public sealed class AlertTests(MeteredService service) : IClassFixture<MeteredService>
{
    private const double ManyPerSecond = 1_000;

    // How high a gauge gets, as the service is set up by itself: one lane is full, which bulk is where interactive
    // images are few.
    private static readonly Dictionary<string, double> Most = new()
    {
        ["gallery_store_failing"] = 1,
        ["gallery_embed_queue_length"] = new BatchingOptions().CapacityFor(new ModelOnACpu()),
    };

    [Fact]
    public async Task Rules_InTheWorstStates_FireAll()
    {
        IReadOnlyList<PromState> worst = await WorstAsync();
        Assert.All(GrafanaFolder.Rules(), rule => Assert.True(
            Fires(rule.Expression, worst), $"{rule.Name} can never fire."));
    }

    [Fact]
    public async Task Rules_InAGoodState_AreSilent()
    {
        PromState best = Of(await ReadAsync(), "none", (_, _, _) => (0, 0));
        Assert.All(GrafanaFolder.Rules(), rule => Assert.False(Fires(rule.Expression, [best]), rule.Name));
    }

    [Theory]
    [InlineData("sum by (error_type) (rate(gallery_ingest_items_total[5m])) > 0.05 * sum(rate(gallery_rows[5m]))")]
    [InlineData("sum by (instance) (gallery_embed_queue_length) > 500")]
    [InlineData("sum(rate(gallery_ingest_items_total{gallery_status=\"refused\"}[5m])) > 0")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(gallery_search_duration_seconds_bucket[5m]))) > 10")]
    [InlineData("rate(gallery_request_failures_total{error_type=~\"broken|worse\"}[5m]) > 0")]
    public async Task Evaluate_OfARuleThatCanNeverFire_FindsNothing(string expression) =>
        Assert.False(Fires(expression, await WorstAsync()));

    [Fact]
    public async Task Rules_EveryValueOfALabelThatTheyName_IsOneThatTheServiceSays()
    {
        PromSeries[] said = [.. (await WorstAsync()).SelectMany(state => state.Series)];
        string[][] named = [.. GrafanaFolder.Rules().SelectMany(rule => PromQuery.LabelValues(rule.Expression))];
        Assert.NotEmpty(named);
        Assert.All(named, one => Assert.Contains(
            said, series => series.Name == one[0] && series.Labels.GetValueOrDefault(one[1]) == one[2]));
    }

    private static bool Fires(string expression, IEnumerable<PromState> states) =>
        states.Any(state => PromExpression.Evaluate(expression, state).Count > 0);

    // One for each code that a problem can have, which then is all that goes wrong.
    private async Task<IReadOnlyList<PromState>> WorstAsync()
    {
        PrometheusText metrics = await ReadAsync();
        return [.. Codes().Select(code => Of(metrics, code, Worst))];
    }

    private async Task<PrometheusText> ReadAsync()
    {
        await service.WorkAsync();
        return await service.ReadAsync();
    }

    private static (double Value, double Rate) Worst(string name, string? type, string? le) => type switch
    {
        "gauge" => (Most.GetValueOrDefault(name), 0),
        // All that is measured lies above the last bound.
        _ => (0, le is null or "+Inf" ? ManyPerSecond : 0),
    };

    // The series that the service has; of those that name a code, with this one.
    private static PromState Of(
        PrometheusText metrics, string code, Func<string, string?, string?, (double Value, double Rate)> worth)
    {
        PromState state = new();
        foreach ((string name, Dictionary<string, string> labels) in metrics.Series.DistinctBy(
            series => (series.Name, KeyWithoutCode(series.Labels))))
        {
            if (labels.ContainsKey("error_type"))
            {
                labels["error_type"] = code;
            }

            (double value, double rate) = worth(name, metrics.TypeOf(name), labels.GetValueOrDefault("le"));
            state.Add(name, labels, value, rate);
        }

        return state;
    }

    private static string KeyWithoutCode(Dictionary<string, string> labels) => string.Join(
        ',', labels.Where(label => label.Key != "error_type").OrderBy(label => label.Key, StringComparer.Ordinal));

    private static IEnumerable<string> Codes() =>
        typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    private sealed class ModelOnACpu : IBatchModel
    {
        public float[][] Embed(IReadOnlyList<PixelImage> images) => throw new NotSupportedException();
    }
}
