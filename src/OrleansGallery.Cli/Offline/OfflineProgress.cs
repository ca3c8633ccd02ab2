using System.Diagnostics;

namespace OrleansGallery.Cli;

/// <summary>How far a command that embeds images is, on standard error every few seconds.</summary>
/// <param name="images">How many images there are.</param>
/// <param name="output">Where it is told.</param>
internal sealed class OfflineProgress(int images, CommandOutput output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _told;

    public void Report(int done)
    {
        if (_watch.Elapsed - _told >= Interval || (done == images && _told > TimeSpan.Zero))
        {
            _told = _watch.Elapsed;
            output.Error.WriteLine(
                $"{Figures.Count(done)} of {Figures.Count(images)} images, "
                + $"{Figures.Rate(done / _watch.Elapsed.TotalSeconds)}/s");
        }
    }
}
