namespace OrleansGallery.Benchmarks.Searching;

/// <summary>The figures of a scan run, as <c>--json</c> prints them. Milliseconds are medians per query.</summary>
internal sealed record ScanFigures
{
    public required string Data { get; init; }

    public required int Rows { get; init; }

    public required int Dimension { get; init; }

    public required int K { get; init; }

    public required int Queries { get; init; }

    public required int Threads { get; init; }

    public required int Partitions { get; init; }

    public required int Batch { get; init; }

    public required int Seed { get; init; }

    /// <summary>Whether every answer of every method equals brute force: ids, order, and scores bit for bit.</summary>
    public required bool Exact { get; init; }

    public required double? FlatMs { get; init; }

    public required double? Int8Ms { get; init; }

    public required double? CascadeMs { get; init; }

    public required double? FlatCpuMs { get; init; }

    public required double? Int8CpuMs { get; init; }

    public required double? CascadeCpuMs { get; init; }

    /// <summary>The float32 scan's time over the cascade's; null without a cascade.</summary>
    public required double? Speedup { get; init; }

    public required double? SpeedupCpu { get; init; }

    /// <summary>Bytes per row and share of rows scored in full, of the cascade if there is one.</summary>
    public required double BytesPerRow { get; init; }

    public required double RescoredFraction { get; init; }

    public static ScanFigures Of(SearchSetup setup, int threads, int batch, MethodTimes[] times)
    {
        MethodTimes? Find(string name) => times.FirstOrDefault(each => each.Method.Name == name);
        (MethodTimes? flat, MethodTimes? int8, MethodTimes? cascade) =
            (Find(ScanMethods.Flat), Find(ScanMethods.Int8), Find(ScanMethods.Cascade));
        MethodTimes best = cascade ?? times[^1];
        return new()
        {
            Data = setup.Source.Description,
            Rows = setup.Source.Count,
            Dimension = setup.Source.Dimension,
            K = setup.Top,
            Queries = setup.Queries.Length,
            Threads = threads,
            Partitions = setup.Partitions,
            Batch = batch,
            Seed = setup.Seed,
            Exact = times.All(each => each.Answers > 0 && each.RightAnswers == each.Answers),
            FlatMs = flat?.Times.WallMs,
            Int8Ms = int8?.Times.WallMs,
            CascadeMs = cascade?.Times.WallMs,
            FlatCpuMs = flat?.Times.CpuMs,
            Int8CpuMs = int8?.Times.CpuMs,
            CascadeCpuMs = cascade?.Times.CpuMs,
            Speedup = flat is null ? null : cascade?.Times.SpeedupOver(flat.Times),
            SpeedupCpu = flat is null ? null : cascade?.Times.CpuSpeedupOver(flat.Times),
            BytesPerRow = best.Method.BytesPerRow,
            RescoredFraction = best.RescoredFraction,
        };
    }
}
