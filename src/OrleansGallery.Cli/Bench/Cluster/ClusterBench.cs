using System.Globalization;

namespace OrleansGallery.Cli;

/// <summary>
/// The whole measurement: the cluster grows live from the fewest silos to the most, each number is measured, one silo
/// leaves in order, one of two is killed, and all are started anew.
/// </summary>
internal sealed class ClusterBench(ClusterBenchOptions options, CommandOutput output)
{
    private readonly List<ClusterStep> _steps = [];
    private readonly List<ClusterChange> _changes = [];

    public async Task<ClusterBenchReport> RunAsync(CancellationToken cancellationToken)
    {
        await BenchDatabase.PrepareAsync(options.Database, cancellationToken);
        BenchRows rows = new(options.Seed, options.Rows, options.Dimension);
        Say("Finding the right answers by brute force ...");
        KnownAnswers known = KnownAnswers.Make(rows, cancellationToken);
        using BenchCluster cluster = new(options.Database, options.SiloCores);
        Say("Starting the cluster ...");
        await cluster.StartAsync(options.Silos[0], cancellationToken);
        BenchGallery gallery = new(cluster.Client, rows, options);
        ExtraIngest extras = new(cluster.Client, gallery.Name, rows, known);
        double? filled = await gallery.PrepareAsync(extras, output, cancellationToken);
        StepMeasurement step = new(cluster, gallery.Name, rows, extras, options);
        ChangeMeasurement change = new(cluster, gallery.Name, known, extras, options);
        foreach (int silos in options.Silos)
        {
            await GoToAsync(silos, cluster, change, gallery, cancellationToken);
            Say(string.Create(CultureInfo.InvariantCulture, $"Measuring {silos} silo(s) ..."));
            _steps.Add(await step.RunAsync(cancellationToken));
        }

        // One joins at least, and one leaves.
        int most = Math.Max(2, options.Silos[^1]);
        await GoToAsync(most, cluster, change, gallery, cancellationToken);
        await GoToAsync(most - 1, cluster, change, gallery, cancellationToken);
        await GoToAsync(2, cluster, change, gallery, cancellationToken);
        await LoseAsync(cluster, change, gallery, cancellationToken);
        if (!options.Keep)
        {
            await cluster.Client.DeleteGalleryAsync(gallery.Name, cancellationToken);
        }

        return Report(rows, filled);
    }

    private async Task GoToAsync(int silos, BenchCluster cluster, ChangeMeasurement change, BenchGallery gallery,
        CancellationToken cancellationToken)
    {
        await gallery.SettleAsync(cancellationToken);
        while (cluster.Silos.Count != silos)
        {
            bool joins = cluster.Silos.Count < silos;
            await MeasureAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(joins ? "one joins" : "one leaves")}, {cluster.Silos.Count} to "
                    + $"{cluster.Silos.Count + (joins ? 1 : -1)}"),
                inOrder: true, () => Task.CompletedTask, joins ? cluster.AddAsync : cluster.StopLastAsync, change,
                cancellationToken);
            await gallery.SettleAsync(cancellationToken);
        }
    }

    private async Task LoseAsync(
        BenchCluster cluster, ChangeMeasurement change, BenchGallery gallery, CancellationToken cancellationToken)
    {
        await MeasureAsync(
            "kill -9 of one of two", inOrder: false, () => Task.CompletedTask,
            () =>
            {
                cluster.KillLast();
                return Task.CompletedTask;
            },
            change, cancellationToken);
        await GoToAsync(2, cluster, change, gallery, cancellationToken);
        await MeasureAsync(
            "all start anew", inOrder: false, cluster.StopAllAsync, cluster.StartAllAsync, change, cancellationToken);
    }

    private async Task MeasureAsync(string what, bool inOrder, Func<Task> prepare, Func<Task> happens,
        ChangeMeasurement change, CancellationToken cancellationToken)
    {
        Say($"{what} ...");
        _changes.Add(await change.RunAsync(what, inOrder, prepare, happens, cancellationToken));
    }

    private void Say(string text) => output.Error.WriteLine(text);

    private ClusterBenchReport Report(BenchRows rows, double? filled) => new()
    {
        Rows = options.Rows,
        Dimension = options.Dimension,
        Partitions = options.Partitions,
        Data = rows.Description,
        Clients = options.Clients,
        Pace = options.Pace,
        SiloCores = options.SiloCores,
        Seconds = options.Duration.TotalSeconds,
        Seed = options.Seed,
        FilledPerSecond = filled,
        Steps = _steps,
        Changes = _changes,
    };
}
