using System.Runtime.InteropServices;
using OrleansGallery.Inference;

namespace OrleansGallery.Benchmarks.Reporting;

/// <summary>Names the machine a result was measured on.</summary>
internal static class Machine
{
    /// <summary>Processor, cores and versions in one line.</summary>
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, "
        + $"libtorch {TorchRuntime.Version}, {RuntimeInformation.OSDescription}";

    /// <summary>
    /// How many runnable tasks shared the machine in the last minute, or nothing where that is not told.
    /// </summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Processor()
    {
        const string key = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 2)..];
    }
}
