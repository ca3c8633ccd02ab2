using System.CommandLine;
using System.Globalization;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Retrieval;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// What does an attribute filter cost? Some of the identities have an attribute; every query is searched among all and,
/// in turn, among those, over the same tables. The filtered answers are compared with brute force.
/// </summary>
internal sealed class FilterBenchmark : SearchCommand
{
    private const string AttributeKey = "kind";
    private const string Wanted = "rare";

    private readonly Option<int> _perMille = Number(
        "--per-mille", "How many of 1,000 identities have the attribute.", 10);

    private readonly Option<int> _threads = Number("--threads", "Threads of a scan.", 1);

    public FilterBenchmark()
        : base("What does an attribute filter cost?")
    {
        Add(_perMille);
        Add(_threads);
    }

    protected override string Key => "filter";

    protected override int Run(SearchSetup setup, ParseResult arguments)
    {
        (int perMille, int threads) = (arguments.GetValue(_perMille), arguments.GetValue(_threads));
        Progress($"Making {setup.Heading}, {perMille} of 1,000 with the attribute ...");
        CentroidTable[] tables = Build(setup, _ => true, perMille);
        Code(tables, setup.Source.Dimension);
        ScanQuery[] filtered = Array.ConvertAll(setup.Queries, query => new ScanQuery(query.Unit, query.Top)
        {
            Attributes = new AttributeFilter([new AttributeChoice(AttributeKey, [Wanted])], []),
        });
        Progress("Brute force ...");
        CentroidTable[] rare = Build(setup, row => Has(setup, row, perMille), perMille);
        Match[][] truth = BruteForce.Search(rare, setup.Queries);
        List<double> all = [];
        List<double> some = [];
        int wrong = 0;
        for (int round = 0; round <= setup.Rounds; round++)
        {
            for (int query = 0; query < filtered.Length; query++)
            {
                all.Add(Time(() => TableScanner.Scan(setup.Queries[query], tables, threads, default)).Milliseconds);
                (double milliseconds, ScanAnswer answer) =
                    Time(() => TableScanner.Scan(filtered[query], tables, threads, default));
                some.Add(milliseconds);
                wrong += BruteForce.Equal(answer, truth[query]) ? 0 : 1;
            }

            if (round == 0)
            {
                (all, some) = ([], []);
            }
        }

        Write(
            setup, perMille, rare.Sum(table => table.Count), wrong, Statistics.Median(all), Statistics.Median(some));
        return wrong == 0 ? 0 : 1;
    }

    private static bool Has(SearchSetup setup, int row, int perMille) =>
        new Random((setup.Seed * 7919) + row).Next(1000) < perMille;

    private static CentroidTable[] Build(SearchSetup setup, Func<int, bool> takes, int perMille)
    {
        CentroidTable[] tables =
            [.. Enumerable.Range(0, setup.Partitions).Select(_ => new CentroidTable(setup.Source.Dimension))];
        Parallel.For(0, setup.Partitions, partition =>
        {
            TableLoad load = tables[partition].BeginLoad();
            float[] unit = new float[setup.Source.Dimension];
            for (int row = partition; row < setup.Source.Count; row += setup.Partitions)
            {
                if (takes(row))
                {
                    setup.Source.WriteRow(row, unit);
                    load.Put(new RowChange(RowIds.Of(row), 1, unit)
                    {
                        Attributes = AttributeSet.Of([
                            new(AttributeKey, Has(setup, row, perMille) ? Wanted : "common"),
                            new("name", RowIds.Of(row)),
                        ]),
                    });
                }
            }

            load.Publish(1);
        });
        return tables;
    }

    private static void Code(CentroidTable[] tables, int dimension)
    {
        Progress("Learning a basis, coding ...");
        using TableSnapshot first = tables[0].Snapshot();
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

    private static void Write(SearchSetup setup, int perMille, int rows, int wrong, double all, double some)
    {
        string Plain(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
        MarkdownTable table = new("search", "p50 ms", "ratio");
        table.Add("among all", Plain(all), "1.00");
        table.Add("among those with the attribute", Plain(some), Plain(some / all));
        string body = $"""
            `{setup.CommandLine}`

            {Machine.Describe()}; load average at the end {Machine.Load()}

            {rows:N0} identities have the attribute, and every one has another that nobody else has. {wrong} of
            {setup.Queries.Length * (setup.Rounds + 1):N0} filtered answers differ from brute force over those.

            {table}
            """;
        Console.WriteLine(body);
        if (setup.Save)
        {
            BenchmarkReport.SaveSection(
                "filter", "Search with an attribute filter", $"{setup.Heading}, {perMille} per mille", body);
        }
    }
}
