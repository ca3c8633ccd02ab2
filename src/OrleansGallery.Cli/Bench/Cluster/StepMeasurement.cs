using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Measures the cluster as it is, while no silo comes or goes.</summary>
internal sealed class StepMeasurement(
    BenchCluster cluster, string gallery, BenchRows rows, ExtraIngest extras, ClusterBenchOptions options)
{
    private const int Samples = 256;

    // Beside the heartbeats of a silo, and far below a coder's share.
    private const double RestingCpuMsPerSecond = 40;

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(3);

    public async Task<ClusterStep> RunAsync(CancellationToken cancellationToken)
    {
        // The first searches find code that is not compiled yet.
        await Load().RunAsync(cancellationToken);
        await RestAsync(cancellationToken);
        SearchLoad load = Load();
        TimeSpan idle = cluster.SilosCpuTime;
        await Task.Delay(options.Duration, cancellationToken);
        idle = cluster.SilosCpuTime - idle;

        TimeSpan silos = cluster.SilosCpuTime;
        TimeSpan api = cluster.ApiCpuTime;
        SearchLoadReport searched = await load.RunAsync(cancellationToken);
        silos = cluster.SilosCpuTime - silos;
        api = cluster.ApiCpuTime - api;

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(options.Duration);
        IngestFigures ingested = await extras.RunAsync(perSecond: null, end.Token);
        await extras.RemoveAsync();
        return new ClusterStep
        {
            Silos = cluster.Silos.Count,
            IngestPerSecond = ingested.PerSecond,
            Queries = searched.Queries,
            P50Ms = searched.P50Ms,
            P99Ms = searched.P99Ms,
            OverheadP50Ms = searched.OverheadP50Ms,
            CpuMsPerQuery = silos.TotalMilliseconds / searched.Queries,
            ApiCpuMsPerQuery = api.TotalMilliseconds / searched.Queries,
            IdleCpuMsPerSecond = idle.TotalMilliseconds / options.Duration.TotalSeconds,
        };
    }

    // Silos that loaded rows go on coding them for a while, which would count as the queries' work.
    private Task RestAsync(CancellationToken cancellationToken) => BenchCluster.WaitAsync(
        async () =>
        {
            TimeSpan spent = cluster.SilosCpuTime;
            await Task.Delay(Glance, cancellationToken);
            spent = cluster.SilosCpuTime - spent;
            return spent.TotalMilliseconds / Glance.TotalSeconds < RestingCpuMsPerSecond * cluster.Silos.Count;
        },
        "The silos are not at rest",
        cancellationToken);

    private SearchLoad Load()
    {
        int step = Math.Max(1, rows.Count / Samples);
        IEnumerable<IngestItem> items = Enumerable.Range(0, Math.Min(Samples, rows.Count))
            .Select(sample => rows.Item(sample * step));
        return new SearchLoad(
            cluster.Client, gallery, LoadSamples.Of(items.Select(item => (item.Identity!, item.Vector!))),
            new SearchLoadOptions(1, options.Duration, UpdatesPerQuery: 0, KnownAnswers.Top, options.Seed));
    }
}
