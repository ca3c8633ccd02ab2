using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using OrleansGallery.Retrieval;
using static OrleansGallery.Benchmarks.Reporting.NumberOption;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// How fast is an exact search beside FAISS? The same vectors, in the same run, one thread each, call by call in turn.
/// </summary>
internal sealed class PeersBenchmark : SearchCommand
{
    private const double RecallToReach = 0.99;

    private readonly Option<int[]> _batches = List("--batches", "Queries per call.", "1,32,128");
    private readonly Option<int[]> _efs = List(
        "--ef", "The graph's efSearch values, up to the first of recall 0.99.", "64,128,256,512,1024,2048,4096");

    private readonly Option<bool> _hnsw = new("--hnsw") { Description = "Build FAISS's HNSW graph too: slow." };
    private readonly Option<string?> _index = new("--hnsw-index")
    {
        Description = "A file that keeps the graph: read if it exists and is of these rows, else built and written.",
    };

    private readonly Option<int> _m = Number("--m", "The graph's M.", 16);
    private readonly Option<int> _construction = Number("--ef-construction", "The graph's efConstruction.", 200);
    private readonly Option<bool> _buildOnly = new("--build-only") { Description = "Build the graph and end." };
    private readonly Option<bool> _apart = new("--apart")
    {
        Description = "Time ours first and FAISS when our tables are gone, where memory does not hold both.",
    };

    private readonly Option<string?> _folder = new("--folder")
    {
        Description = "Where rows are written for FAISS; the system's temporary folder otherwise.",
    };

    private readonly Option<string?> _python = new("--python") { Description = "The Python that has FAISS." };

    public PeersBenchmark()
        : base("How fast is an exact search beside FAISS, on the same vectors?")
    {
        foreach (Option option in (Option[])
            [_batches, _efs, _hnsw, _index, _m, _construction, _buildOnly, _apart, _folder, _python])
        {
            Add(option);
        }
    }

    protected override string Key => "peers";

    protected override int Run(SearchSetup setup, ParseResult arguments)
    {
        int largest = arguments.GetRequiredValue(_batches)[^1];
        if (setup.Queries.Length < largest && !arguments.GetValue(_buildOnly))
        {
            Console.Error.WriteLine($"--queries must be at least {largest}, the largest batch.");
            return 2;
        }

        string folder = Path.Combine(arguments.GetValue(_folder) ?? Path.GetTempPath(),
            $"gallery-peers-{Guid.NewGuid():N}");
        try
        {
            using FaissPeer peer = FaissPeer.Start(arguments.GetValue(_python));
            Directory.CreateDirectory(folder);
            string hash = Open(peer, setup, folder);
            return arguments.GetValue(_buildOnly)
                ? Build(peer, arguments, hash)
                : Compare(peer, setup, arguments, hash);
        }
        catch (PeerException failure)
        {
            Console.Error.WriteLine($"FAISS: {failure.Message}");
            return 3;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string Open(FaissPeer peer, SearchSetup setup, string folder)
    {
        Progress($"Writing {setup.Heading} ...");
        (string rows, string queries) = (Path.Combine(folder, "rows.f32"), Path.Combine(folder, "queries.f32"));
        int dimension = setup.Source.Dimension;
        string hash = VectorFile.Write(rows, setup.Source.Count, dimension, setup.Source.WriteRow);
        VectorFile.Write(
            queries, setup.Queries.Length, dimension, (query, unit) => setup.Queries[query].Unit.CopyTo(unit));
        Progress($"... rows' SHA-256 {hash}");
        peer.Ask(new() { ["do"] = "rows", ["file"] = rows, ["queryFile"] = queries, ["dimension"] = dimension });
        return hash;
    }

    private int Build(FaissPeer peer, ParseResult arguments, string hash)
    {
        Console.WriteLine(Graph(peer, arguments, hash).ToJsonString());
        return 0;
    }

    private JsonObject Graph(FaissPeer peer, ParseResult arguments, string hash)
    {
        Progress("Reading or building the HNSW graph ...");
        return peer.Ask(new()
        {
            ["do"] = "hnsw",
            ["index"] = arguments.GetValue(_index) is string index ? Path.GetFullPath(index) : null,
            ["rowsSha256"] = hash,
            ["m"] = arguments.GetValue(_m),
            ["efConstruction"] = arguments.GetValue(_construction),
        });
    }

    private int Compare(FaissPeer peer, SearchSetup setup, ParseResult arguments, string hash)
    {
        Contest contest = new(setup, arguments.GetRequiredValue(_batches));
        (Match[][] truth, IContestant[] ours) = Ours(setup);
        if (arguments.GetValue(_apart))
        {
            contest.Run(ours);

            // The reports need no rows: let go of them before FAISS copies its own.
            ours = [.. ours.Select(contestant => new PastContestant(contestant))];
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            contest.Replace(ours);
            contest.Run(Peers(peer, setup, truth, arguments, hash));
        }
        else
        {
            contest.Run([.. ours, .. Peers(peer, setup, truth, arguments, hash)]);
        }

        PeersReport.Write(setup, contest, peer.Version);
        return ours.All(contestant => contestant.Recall == 1) ? 0 : 1;
    }

    private static (Match[][] Truth, IContestant[] Ours) Ours(SearchSetup setup)
    {
        Progress("Making our tables ...");
        CentroidTable[] tables = GalleryTables.Build(setup.Source, setup.Partitions);
        IScanMethod[] methods = ScanMethods.Create(tables, threads: 1);
        Progress($"Brute force over {setup.Queries.Length} queries ...");
        Match[][] truth = BruteForce.Search(tables, setup.Queries);
        return (truth, [.. methods.Select(method => new OurContestant(method, setup.Queries, truth))]);
    }

    private IContestant[] Peers(
        FaissPeer peer, SearchSetup setup, Match[][] truth, ParseResult arguments, string hash)
    {
        Progress("Building FAISS's indexes ...");
        List<IContestant> peers = [FaissContestant.Flat(peer, setup, truth)];
        if (arguments.GetValue(_hnsw) || arguments.GetValue(_index) is not null)
        {
            JsonObject graph = Graph(peer, arguments, hash);
            peers.AddRange(FaissContestant.Hnsw(
                peer, setup, truth, graph, arguments.GetRequiredValue(_efs), RecallToReach));
        }

        return [.. peers];
    }

    private static Option<int[]> List(string name, string description, string values) => new(name)
    {
        Description = description,
        HelpName = "N,N,...",
        DefaultValueFactory = _ => Parse(values),
        CustomParser = result =>
        {
            int[] parsed = Parse(result.Tokens[0].Value);
            if (parsed.Length == 0)
            {
                result.AddError($"{name} takes numbers above 0 with commas between.");
            }

            return parsed;
        },
    };

    private static int[] Parse(string text)
    {
        int[] numbers = [.. text.Split(',').Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers.All(number => number > 0) ? [.. numbers.Order()] : [];
    }
}
