using System.Globalization;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>The CPU time of one thread, as Linux tells it.</summary>
internal static class ThreadCpu
{
    private const string File = "/proc/thread-self/schedstat";

    /// <summary>Seconds that the calling thread has run; null where the system does not say.</summary>
    public static double? Seconds() => System.IO.File.Exists(File)
        && long.TryParse(
            System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture, out long nanoseconds)
        ? nanoseconds / 1e9
        : null;
}
