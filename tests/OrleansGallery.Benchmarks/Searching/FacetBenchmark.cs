using System.CommandLine;
using System.Globalization;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Retrieval;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// What does it cost to leave a facet out? Identities are seen by some of the cameras, an image each; then every query
/// is searched with and, in turn, without one of the cameras, over the same tables.
/// </summary>
internal sealed class FacetBenchmark : SearchCommand
{
    private const string LeftOut = "c0";

    // An image's share of noise beside its identity's row, which is a unit vector.
    private const double Noise = 0.5;

    private readonly Option<int> _cameras = Number("--cameras", "How many cameras there are.", 8);
    private readonly Option<int> _seen = Number("--seen", "By how many of them each identity is seen.", 3);
    private readonly Option<int> _threads = Number("--threads", "Threads of a scan.", 1);

    public FacetBenchmark()
        : base("What does it cost to leave a facet out?")
    {
        Add(_cameras);
        Add(_seen);
        Add(_threads);
    }

    protected override string Key => "facets";

    protected override int Run(SearchSetup setup, ParseResult arguments)
    {
        (int cameras, int seen) = (arguments.GetValue(_cameras), arguments.GetValue(_seen));
        int threads = arguments.GetValue(_threads);
        Progress($"Making {setup.Heading}, each seen by {seen} of {cameras} cameras ...");
        FacetedTable[] tables = Build(setup, cameras, seen);
        Progress("Learning a basis, coding ...");
        Code(tables, setup.Source.Dimension);
        ScanQuery[] without = Array.ConvertAll(setup.Queries, query =>
            new ScanQuery(query.Unit, query.Top) { ExcludedFacet = LeftOut });
        List<double> whole = [];
        List<double> left = [];
        for (int round = 0; round <= setup.Rounds; round++)
        {
            for (int query = 0; query < without.Length; query++)
            {
                whole.Add(Time(() => TableScanner.Scan(
                    setup.Queries[query], Array.ConvertAll(tables, table => table.Whole), threads, default))
                    .Milliseconds);
                left.Add(Time(
                    () => FacetScanner.TryScanAll([without[query]], tables, threads, default)![0]).Milliseconds);
            }

            if (round == 0)
            {
                (whole, left) = ([], []);
            }
        }

        Write(setup, tables, seen, cameras, Statistics.Median(whole), Statistics.Median(left));
        return 0;
    }

    private static FacetedTable[] Build(SearchSetup setup, int cameras, int seen)
    {
        FacetedTable[] tables =
            [.. Enumerable.Range(0, setup.Partitions).Select(_ => new FacetedTable(setup.Source.Dimension))];
        Parallel.For(0, setup.Partitions, partition =>
        {
            FacetedLoad load = tables[partition].BeginLoad();
            for (int row = partition; row < setup.Source.Count; row += setup.Partitions)
            {
                load.Put(RowOf(setup, row, cameras, seen));
            }

            load.Publish(1);
        });
        return tables;
    }

    private static RowChange RowOf(SearchSetup setup, int row, int cameras, int seen)
    {
        Random random = new((setup.Seed * 7919) + row);
        float[] unit = new float[setup.Source.Dimension];
        setup.Source.WriteRow(row, unit);
        IdentityCentroid centroid = new(unit.Length);
        int[] places = [.. Enumerable.Range(0, cameras)];
        random.Shuffle(places);
        double noise = Noise / Math.Sqrt(unit.Length) * Math.Sqrt(12);
        foreach (int camera in places.Take(seen))
        {
            centroid.Add(
                $"c{camera}", Array.ConvertAll(unit, value => (float)(value + (noise * (random.NextDouble() - 0.5)))));
        }

        return centroid.TryGetCentroid(unit)
            ? new RowChange(RowIds.Of(row), centroid.Count, unit) { Facets = centroid.WithoutEachFacet() }
            : throw new InvalidOperationException($"Row {row} has no direction.");
    }

    private static void Code(FacetedTable[] tables, int dimension)
    {
        using TableSnapshot first = tables[0].Whole.Snapshot();
        float[] sample = [.. first.Rows.Take(BasisLearning.SampleRows).SelectMany(row => row.Centroid.ToArray())];
        RowCoding coding = new(dimension, BasisLearning.Learn(sample, dimension, 1, default));
        Parallel.ForEach(tables, table =>
        {
            table.UseCoding(coding);
            while (table.CodeNext())
            {
            }
        });
    }

    private static void Write(
        SearchSetup setup, FacetedTable[] tables, int seen, int cameras, double whole, double left)
    {
        string Plain(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
        MarkdownTable table = new("search", "p50 ms", "ratio");
        table.Add("as it is", Plain(whole), "1.00");
        table.Add("without one camera", Plain(left), Plain(left / whole));
        long bytes = tables.Sum(one => one.MemoryBytes);
        long rows = tables.Sum(one => one.Whole.MemoryBytes);
        string body = $"""
            `{setup.CommandLine}`

            {Machine.Describe()}; load average at the end {Machine.Load()}

            Each identity is seen by {seen} of {cameras} cameras; {tables.Sum(one => one.FacetRows):N0} rows stand
            beside the identities' own, and {bytes / (double)rows:0.0} times their memory is taken.

            {table}
            """;
        Console.WriteLine(body);
        if (setup.Save)
        {
            BenchmarkReport.SaveSection(
                "facets", "Search without a facet", $"{setup.Heading}, {seen} of {cameras} cameras", body);
        }
    }
}
