using System.Diagnostics;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>What a method took, batch by batch, and whether its answers were right.</summary>
/// <param name="method">The method.</param>
internal sealed class MethodTimes(IScanMethod method)
{
    private readonly List<double> _rescored = [];

    public IScanMethod Method => method;

    /// <summary>Per query, one value per batch.</summary>
    public TimeSeries Times { get; } = new();

    /// <summary>Median share of the rows whose score was computed in full.</summary>
    public double RescoredFraction => Statistics.Median(_rescored);

    public long Answers { get; private set; }

    public long RightAnswers { get; private set; }

    /// <summary>Answers a batch.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="truth">The right answers.</param>
    /// <param name="times">Takes the time; null for a warm-up.</param>
    public void Time(ReadOnlySpan<ScanQuery> queries, ReadOnlySpan<Match[]> truth, TimeSeries? times)
    {
        ScanAnswer[] answers = new ScanAnswer[queries.Length];
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        method.Search(queries, answers);
        double wallMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        double cpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        if (times is null)
        {
            return;
        }

        times.Add(wallMs / queries.Length, cpuMs / queries.Length);
        for (int query = 0; query < queries.Length; query++)
        {
            ScanEvidence evidence = answers[query].Evidence;
            _rescored.Add((double)evidence.RowsRescored / Math.Max(1, evidence.RowsScanned));
            Answers++;
            RightAnswers += BruteForce.Equal(answers[query], truth[query]) ? 1 : 0;
        }
    }
}
