using System.CommandLine;
using System.Diagnostics;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>The options that the search benchmarks share.</summary>
internal abstract class SearchCommand : RootCommand
{
    private readonly Option<string> _data = new("--data")
    {
        Description = $"The rows: {string.Join(", ", RowSources.Names)}.",
        DefaultValueFactory = _ => "clustered",
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "A float32 .npy file of N x D instead of --data: evenly spaced embeddings are the queries.",
    };

    private readonly Option<int> _rows = Number("--rows", "The number of rows.", 1_000_000);
    private readonly Option<int> _dimension = Number("--dimension", "The number of components.", 512);
    private readonly Option<int> _queries = Number("--queries", "The number of queries.", 128);
    private readonly Option<int> _top = Number("--k", "Matches per query.", 10);
    private readonly Option<int> _partitions = Number("--partitions", "The tables over which rows are spread.", 1);
    private readonly Option<int> _rounds = Number("--rounds", "How often everything is timed.", 3);
    private readonly Option<int> _seed = Number("--seed", "Another seed, other rows.", 1);
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON only." };
    private readonly Option<bool> _save = new("--save") { Description = "Keep the figures in results/." };

    protected SearchCommand(string description)
        : base(description)
    {
        _data.AcceptOnlyFromAmong([.. RowSources.Names]);
        foreach (Option option in (Option[])
            [_data, _file, _rows, _dimension, _queries, _top, _partitions, _rounds, _seed, _json, _save])
        {
            Add(option);
        }

        SetAction(Run);
    }

    /// <summary>The command line's name of the benchmark.</summary>
    protected abstract string Key { get; }

    /// <summary>Says on standard error what is being done.</summary>
    /// <param name="text">What.</param>
    internal static void Progress(string text) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {text}");

    /// <summary>Scans, and says how long it took.</summary>
    /// <param name="scan">The scan.</param>
    private protected static (double Milliseconds, ScanAnswer Answer) Time(Func<ScanAnswer> scan)
    {
        long started = Stopwatch.GetTimestamp();
        ScanAnswer answer = scan();
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, answer);
    }

    protected abstract int Run(SearchSetup setup, ParseResult arguments);

    // What another machine needs for the same figures: not where this one keeps its files.
    private static IEnumerable<string> Told(ParseResult arguments)
    {
        string[] tokens = [.. arguments.Tokens.Select(token => token.Value)];
        return tokens.Where((text, i) =>
            text is not ("--save" or "--folder") && (i == 0 || tokens[i - 1] != "--folder"));
    }

    private int Run(ParseResult arguments)
    {
        try
        {
            return Open(arguments);
        }
        catch (Exception failure) when (failure is NpyException or FileNotFoundException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine(failure.Message);
            return 2;
        }
    }

    private int Open(ParseResult arguments)
    {
        int queries = arguments.GetValue(_queries);
        int top = arguments.GetValue(_top);
        IRowSource source = arguments.GetValue(_file) is string file
            ? new FileRows(file, arguments.GetValue(_rows), queries)
            : RowSources.Create(arguments.GetRequiredValue(_data), arguments.GetValue(_seed),
                arguments.GetValue(_rows), arguments.GetValue(_dimension));
        using IDisposable? held = source as IDisposable;
        SearchSetup setup = new()
        {
            Source = source,
            Queries = GalleryTables.Queries(source, queries, top),
            Top = top,
            Partitions = arguments.GetValue(_partitions),
            Rounds = arguments.GetValue(_rounds),
            Seed = arguments.GetValue(_seed),
            Json = arguments.GetValue(_json),
            Save = arguments.GetValue(_save),
            CommandLine = $"dotnet run -c Release --project tests/OrleansGallery.Benchmarks -- {Key} "
                + string.Join(' ', Told(arguments)),
        };
        return Run(setup, arguments);
    }
}
