using System.CommandLine;
using System.Diagnostics;
using OrleansGallery.Retrieval;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// How fast is an exact search? Every method answers every query, in turn, and every answer is compared with brute
/// force in float64.
/// </summary>
internal sealed class ScanBenchmark : SearchCommand
{
    private readonly Option<int> _threads = Number("--threads", "Threads of a scan.", 1);
    private readonly Option<int> _batch = Number("--batch", "Queries answered together.", 1);

    public ScanBenchmark()
        : base("How fast is an exact search?")
    {
        Add(_threads);
        Add(_batch);
    }

    protected override string Key => "scan";

    protected override int Run(SearchSetup setup, ParseResult arguments)
    {
        int threads = arguments.GetValue(_threads);
        int batch = arguments.GetValue(_batch);
        Progress($"Making {setup.Heading}, {setup.Partitions} partitions ...");
        Stopwatch watch = Stopwatch.StartNew();
        CentroidTable[] tables = GalleryTables.Build(setup.Source, setup.Partitions);
        Progress($"... {watch.Elapsed.TotalSeconds:N1} s. Preparing the methods ...");
        IScanMethod[] methods = ScanMethods.Create(tables, threads);
        Progress($"Brute force over {setup.Queries.Length} queries ...");
        watch.Restart();
        Match[][] truth = BruteForce.Search(tables, setup.Queries);
        Progress($"... {watch.Elapsed.TotalSeconds:N1} s. Timing ...");
        MethodTimes[] times = [.. methods.Select(method => new MethodTimes(method))];
        foreach (MethodTimes method in times)
        {
            int count = Math.Min(batch, setup.Queries.Length);
            WarmUp.Run(() => method.Time(setup.Queries.AsSpan(0, count), truth.AsSpan(0, count), times: null));
        }

        for (int round = 0; round < setup.Rounds; round++)
        {
            Round(setup, batch, times, truth);
        }

        ScanFigures figures = ScanFigures.Of(setup, threads, batch, times);
        ScanReport.Write(setup, figures, times);
        return figures.Exact ? 0 : 1;
    }

    // Batch by batch, each method in turn: what else the machine does meets all of them alike.
    private static void Round(SearchSetup setup, int batch, MethodTimes[] times, Match[][] truth)
    {
        for (int first = 0; first < setup.Queries.Length; first += batch)
        {
            int count = Math.Min(batch, setup.Queries.Length - first);
            foreach (MethodTimes method in times)
            {
                method.Time(setup.Queries.AsSpan(first, count), truth.AsSpan(first, count), method.Times);
            }
        }
    }
}
