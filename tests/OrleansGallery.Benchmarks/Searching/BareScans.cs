using System.Diagnostics;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Threads that scan tables one query after the other, with nothing around it.</summary>
internal static class BareScans
{
    /// <summary>Runs them.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="queries">The queries, in turn.</param>
    /// <param name="threads">Threads at once, one per query.</param>
    /// <param name="duration">How long.</param>
    /// <returns>Milliseconds of each scan.</returns>
    public static IReadOnlyList<double> Run(
        IReadOnlyList<CentroidTable> tables, ScanQuery[] queries, int threads, TimeSpan duration)
    {
        List<double>[] times = [.. Enumerable.Range(0, threads).Select(_ => new List<double>())];
        Thread[] running = [.. times.Index().Select(item => new Thread(() =>
        {
            long started = Stopwatch.GetTimestamp();
            for (int query = item.Index; Stopwatch.GetElapsedTime(started) < duration; query++)
            {
                long scan = Stopwatch.GetTimestamp();
                TableScanner.Scan(queries[query % queries.Length], tables, 1, CancellationToken.None);
                item.Item.Add(Stopwatch.GetElapsedTime(scan).TotalMilliseconds);
            }
        }))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return [.. times.SelectMany(each => each)];
    }
}
