using System.Text.Json.Nodes;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>A FAISS index among the peers.</summary>
/// <remarks>A row that it returns counts as found if its score, in float64, reaches the true k-th best score: which of
/// two equal rows it names does not matter.</remarks>
internal sealed class FaissContestant : IContestant
{
    private readonly FaissPeer _peer;
    private readonly SearchSetup _setup;
    private readonly Match[][] _truth;
    private readonly string _method;
    private readonly int _ef;
    private readonly Dictionary<int, int> _found = [];
    private readonly float[] _row;

    private FaissContestant(
        FaissPeer peer, SearchSetup setup, Match[][] truth, JsonObject built, string method, int ef)
    {
        (_peer, _setup, _truth, _method, _ef) = (peer, setup, truth, method, ef);
        _row = new float[setup.Source.Dimension];
        ReadySeconds = (double)built["cpuMs"]! / 1000;
        BytesPerRow = (double)built["bytesPerRow"]!;
    }

    public string Description => _method == "hnsw" ? $"FAISS HNSW, ef = {_ef}" : "FAISS IndexFlatIP";

    public double ReadySeconds { get; }

    public double BytesPerRow { get; }

    public double Recall => (double)_found.Values.Sum() / _found.Keys.Sum(query => _truth[query].Length);

    public static FaissContestant Flat(FaissPeer peer, SearchSetup setup, Match[][] truth) =>
        new(peer, setup, truth, peer.Ask(new() { ["do"] = "flat" }), "flat", 0);

    /// <summary>The graph with the efs of the sweep, up to the first that reaches a recall.</summary>
    /// <param name="peer">FAISS.</param>
    /// <param name="setup">Rows and queries.</param>
    /// <param name="truth">The right answers.</param>
    /// <param name="graph">What the peer said of the graph.</param>
    /// <param name="efs">Ascending.</param>
    /// <param name="recall">Where to stop.</param>
    public static IEnumerable<FaissContestant> Hnsw(
        FaissPeer peer, SearchSetup setup, Match[][] truth, JsonObject graph, int[] efs, double recall)
    {
        foreach (int ef in efs)
        {
            FaissContestant contestant = new(peer, setup, truth, graph, "hnsw", ef);
            contestant.Search(0, setup.Queries.Length, times: null);
            yield return contestant;
            if (contestant.Recall >= recall)
            {
                yield break;
            }
        }
    }

    public void Search(int first, int count, TimeSeries? times)
    {
        JsonObject answer = _peer.Ask(new()
        {
            ["do"] = "search", ["method"] = _method, ["first"] = first, ["count"] = count, ["k"] = _setup.Top,
            ["ef"] = _ef,
        });
        times?.Add((double)answer["wallMs"]! / count, (double)answer["cpuMs"]! / count);
        for (int query = first; query < first + count; query++)
        {
            if (!_found.ContainsKey(query))
            {
                _found[query] = CountFound(query, answer["rows"]![query - first]!.AsArray());
            }
        }
    }

    private int CountFound(int query, JsonArray rows)
    {
        int found = 0;
        foreach (int row in rows.Select(row => (int)row!).Where(row => row >= 0))
        {
            _setup.Source.WriteRow(row, _row);
            found += CanonicalScore.Score(_setup.Queries[query].Unit, _row) >= _truth[query][^1].Score ? 1 : 0;
        }

        return found;
    }
}
