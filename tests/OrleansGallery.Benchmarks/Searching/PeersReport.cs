using System.Text.Json;
using OrleansGallery.Benchmarks.Reporting;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Prints the table of peers, and keeps it in <c>results/peers.md</c> where asked to.</summary>
internal static class PeersReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(SearchSetup setup, Contest contest, string version)
    {
        string body = Body(setup, contest, version);
        Console.WriteLine(setup.Json ? JsonSerializer.Serialize(Figures(setup, contest), Json) : body);
        if (setup.Save)
        {
            BenchmarkReport.SaveSection("peers", "Exact search beside FAISS, on the same vectors", setup.Heading, body);
        }
    }

    private static object Figures(SearchSetup setup, Contest contest) => new
    {
        Data = setup.Source.Description,
        Rows = setup.Source.Count,
        setup.Source.Dimension,
        K = setup.Top,
        Queries = setup.Queries.Length,
        setup.Seed,
        Results = contest.Batches.SelectMany(batch => contest.Results.Select(result => new
        {
            Method = result.Contestant.Description,
            Batch = batch,
            Ms = result.Times[batch].WallMs,
            CpuMs = result.Times[batch].CpuMs,
            result.Contestant.Recall,
            result.Contestant.ReadySeconds,
            result.Contestant.BytesPerRow,
        })),
    };

    private static string Body(SearchSetup setup, Contest contest, string version)
    {
        IEnumerable<string> tables = contest.Batches.Select(batch => $"""
            Batches of {batch}:

            {Table(contest, batch)}
            """);
        return $"""
            {Machine.Describe()};
            {version}; one thread each;
            seed {setup.Seed}, k = {setup.Top}, {setup.Queries.Length} queries, {setup.Rounds} rounds, call by call in
            turn; milliseconds per query, medians. Recall: the share of rows returned whose float64 score reaches the
            true k-th. Ready after: seconds from the rows in memory to the first search (FAISS: of CPU). Load average at
            the end {Machine.Load()}.

            {string.Join(Environment.NewLine, tables)}
            `{setup.CommandLine}`

            """;
    }

    private static MarkdownTable Table(Contest contest, int batch)
    {
        TimeSeries flat = contest.Results.First(result => result.Contestant is FaissContestant).Times[batch];
        MarkdownTable table = new(
            "", "ms", "CPU ms", "times IndexFlatIP's speed", "(CPU)", "recall", "ready after", "bytes per row");
        foreach ((IContestant contestant, Dictionary<int, TimeSeries> times) in contest.Results)
        {
            table.Add(
                contestant.Description,
                Figure.Short(times[batch].WallMs),
                Figure.Short(times[batch].CpuMs),
                Figure.Short(times[batch].SpeedupOver(flat)),
                Figure.Short(times[batch].CpuSpeedupOver(flat)),
                Figure.Of(contestant.Recall, 4),
                $"{Figure.Short(contestant.ReadySeconds)} s",
                Figure.Of(contestant.BytesPerRow));
        }

        return table;
    }
}
