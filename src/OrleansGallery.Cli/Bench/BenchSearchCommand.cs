using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary><c>gallery bench search</c>: throughput and latency of a running service.</summary>
internal sealed class BenchSearchCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<int> _concurrency = NumberOption.Of(
        "--concurrency", "Searches under way at once.", 4, new(1, 1_000));

    private readonly Option<double> _duration = NumberOption.Of(
        "--duration", "Seconds to measure.", 10d, new(0.001, 3_600));

    private readonly Option<double> _updates = NumberOption.Of(
        "--updates",
        "Images enrolled per search, for example 0.1; they are removed at the end.",
        0d,
        new(0, 100));

    private readonly Option<int> _top = NumberOption.Of("--top", "Matches asked for.", 10, new(1, 1_000));

    private readonly Option<int> _seed = NumberOption.Of("--seed", "Chooses queries and updates.", 1);

    public BenchSearchCommand()
        : base("search", "Search a gallery of a running service as fast as it answers, and report times.")
    {
        Add(_gallery);
        Add(_concurrency);
        Add(_duration);
        Add(_updates);
        Add(_top);
        Add(_seed);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        SearchLoadOptions options = new(
            arguments.GetValue(_concurrency), TimeSpan.FromSeconds(arguments.GetValue(_duration)),
            arguments.GetValue(_updates), arguments.GetValue(_top), arguments.GetValue(_seed));

        string gallery = arguments.GetRequiredValue(_gallery);
        output.Error.WriteLine("Reading samples of the gallery ...");
        LoadSamples samples = await LoadSamples.ReadAsync(client, gallery, cancellationToken);
        output.Error.WriteLine($"Searching for {options.Duration.TotalSeconds:0.#} s ...");
        SearchLoadReport report = await new SearchLoad(client, gallery, samples, options).RunAsync(cancellationToken);
        Write(report, output);
        return report.Failures == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private static void Write(SearchLoadReport report, CommandOutput output)
    {
        if (output.IsJson)
        {
            output.WriteJson(report);
            return;
        }

        output.WriteFields(
            ("queries", $"{Figures.Count(report.Queries)} ({Figures.Rate(report.QueriesPerSecond)}/s)"),
            ("p50", Figures.Milliseconds(report.P50Ms)),
            ("p99", Figures.Milliseconds(report.P99Ms)),
            ("p99.9", Figures.Milliseconds(report.P999Ms)),
            ("beyond the scan", $"{Figures.Milliseconds(report.OverheadP50Ms)} (p50)"),
            ("complete", report.CompleteShare.ToString("P2", CultureInfo.InvariantCulture)),
            ("updates", $"{Figures.Count(report.Updates)} (p50 {Figures.Milliseconds(report.UpdateP50Ms)})"),
            ("failures", Figures.Count(report.Failures)));
    }
}
