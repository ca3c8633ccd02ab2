namespace OrleansGallery.Server;

/// <summary>Whether there is memory and file descriptors enough.</summary>
internal sealed class MachineCheck : IDoctorCheck
{
    // A service that embeds with the default model takes 0.45 GiB before it has a gallery.
    private const long EnoughMemory = 1L << 30;

    // A descriptor per connection and file; clusters and streams have many.
    private const long EnoughFiles = 4_096;

    private const string Limits = "/proc/self/limits";
    private const string OpenFiles = "Max open files";

    public string Name => "machine";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string text = $"{DoctorText.Bytes(memory)} of memory and {Environment.ProcessorCount} processors may be used.";
        if (memory < EnoughMemory)
        {
            report.Warn(
                text,
                $"Give it {DoctorText.Bytes(EnoughMemory)} or more (the container's limit): with the default model a "
                + "service takes half of that before it has a gallery.");
        }
        else
        {
            report.Ok(text);
        }

        if (File.Exists(Limits))
        {
            LookAtFiles(report);
        }

        return Task.CompletedTask;
    }

    // The runtime has raised its own limit to the highest that it may have.
    private static void LookAtFiles(DoctorReport report)
    {
        string line = File.ReadLines(Limits).First(line => line.StartsWith(OpenFiles, StringComparison.Ordinal));
        string limit = line[OpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        if (long.TryParse(limit, out long files) && files < EnoughFiles)
        {
            report.Warn(
                $"{files} files and connections may be open at once.",
                $"Allow {EnoughFiles} or more (ulimit -n, LimitNOFILE).");
        }
        else
        {
            report.Ok($"{limit} files and connections may be open at once.");
        }
    }
}
