using System.Diagnostics;

namespace OrleansGallery.Benchmarks.Embedding;

/// <summary>One way to embed, measured in turn with the others.</summary>
/// <param name="Figure">What it is.</param>
/// <param name="Work">Embeds all images once.</param>
/// <param name="Baseline">What it is compared with; null: it is a baseline.</param>
internal sealed record Contestant(EmbedderFigure Figure, Func<Task> Work, Contestant? Baseline)
{
    // What takes a few milliseconds measures the scheduler.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly List<double> _seconds = [];

    /// <summary>Seconds for all images, one per round.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>Warms up.</summary>
    public Task WarmAsync() => Work();

    /// <summary>Measures one round.</summary>
    public async Task MeasureAsync()
    {
        long started = Stopwatch.GetTimestamp();
        int times = 0;
        do
        {
            await Work();
            times++;
        }
        while (Stopwatch.GetElapsedTime(started) < Least);
        _seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds / times);
    }
}
