using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Measures what clients notice while silos come and go, under searches and enrolments.</summary>
internal sealed class ChangeMeasurement(
    BenchCluster cluster, string gallery, KnownAnswers known, ExtraIngest extras, ClusterBenchOptions options)
{
    // Before and after the change.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    // Loading a row reads its centroid, and hash, version, count and id.
    private int RowBytes => (sizeof(float) * options.Dimension) + 56;

    /// <param name="what">What happens.</param>
    /// <param name="inOrder">Whether nobody may notice.</param>
    /// <param name="prepare">What comes before its time begins.</param>
    /// <param name="change">What happens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ClusterChange> RunAsync(
        string what, bool inOrder, Func<Task> prepare, Func<Task> change, CancellationToken cancellationToken)
    {
        ClusterResponse before = await cluster.BalancedAsync(options.Partitions, cancellationToken);
        SearchWatch watch = new(cluster.Client, gallery, known, options.Clients, options.Seed);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task searching = watch.RunAsync(end.Token);
        Task<IngestFigures> enrolling = Task.Run(
            () => extras.RunAsync(options.Pace, end.Token), CancellationToken.None);
        TimeSpan begin;
        TimeSpan balanced;
        ClusterResponse after;
        try
        {
            await Task.Delay(Margin, cancellationToken);
            await prepare();
            before = before with { Silos = [.. before.Silos.Where(silo => cluster.IsRunning(silo.Name))] };
            begin = watch.Now;
            await change();
            after = await cluster.BalancedAsync(options.Partitions, cancellationToken);
            balanced = watch.Now - begin;
            await Task.Delay(Margin, cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await searching;
        }

        TimeSpan over = watch.Now;
        IngestFigures enrolled = await enrolling;
        await extras.RemoveAsync();
        return Report(
            watch, enrolled, BalancedShare.MovedRows(before, after),
            (watch.LongestGap(begin, over), watch.CompleteAgain(begin)), balanced) with
        {
            What = what, InOrder = inOrder,
        };
    }

    private ClusterChange Report(
        SearchWatch watch, IngestFigures enrolled, long movedRows, (TimeSpan Gap, TimeSpan? Complete) outage,
        TimeSpan balanced) => new()
        {
            What = string.Empty,
            InOrder = true,
            BalancedSeconds = balanced.TotalSeconds,
            CompleteSeconds = watch.Failed + watch.Partial == 0 ? null : outage.Complete?.TotalSeconds,
            MovedRows = movedRows,
            MovedBytes = movedRows * RowBytes,
            LongestGapMs = outage.Gap.TotalMilliseconds,
            Searches = watch.Searches,
            Failed = watch.Failed,
            Partial = watch.Partial,
            Unconfirmed = watch.Unconfirmed,
            Wrong = watch.Wrong.Count,
            Contradiction = watch.Wrong.FirstOrDefault(),
            Acknowledged = enrolled.Acknowledged,
            Rejected = enrolled.Rejected,
        };
}
