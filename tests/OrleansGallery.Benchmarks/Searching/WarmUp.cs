using System.Diagnostics;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Runs what will be timed until the just-in-time compiler has done with it.</summary>
internal static class WarmUp
{
    // Methods are compiled again after 30 calls and a tenth of a second, in the background; a busy machine needs more.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <summary>Runs it again and again.</summary>
    /// <param name="action">What will be timed.</param>
    public static void Run(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        do
        {
            action();
        }
        while (Stopwatch.GetElapsedTime(started) < Duration);
    }
}
