using OrleansGallery.Benchmarks.Reporting;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Times of one thing, in the order in which they were taken, in milliseconds per query.</summary>
internal sealed class TimeSeries
{
    private readonly List<double> _wall = [];
    private readonly List<double> _cpu = [];

    /// <summary>Median wall time.</summary>
    public double WallMs => Statistics.Median(_wall);

    /// <summary>Median CPU time of the process that did the work.</summary>
    public double CpuMs => Statistics.Median(_cpu);

    public void Add(double wallMs, double cpuMs)
    {
        _wall.Add(wallMs);
        _cpu.Add(cpuMs);
    }

    /// <summary>Median of how many times as long something else took for the same batches, pair by pair.</summary>
    /// <param name="other">The times of the other, taken in turn with these.</param>
    public double SpeedupOver(TimeSeries other) => Ratio(other._wall, _wall);

    /// <summary>The same in CPU time.</summary>
    /// <param name="other">The times of the other.</param>
    public double CpuSpeedupOver(TimeSeries other) => Ratio(other._cpu, _cpu);

    private static double Ratio(List<double> theirs, List<double> ours) =>
        Statistics.Median(theirs.Zip(ours, (longer, shorter) => longer / shorter));
}
