namespace OrleansGallery.Inference.Serving;

/// <summary>What a processor says it can, in Linux's words.</summary>
internal static class ProcessorFlags
{
    /// <summary>Where they are read.</summary>
    public const string Source = "/proc/cpuinfo";

    private static readonly Lazy<IReadOnlySet<string>> Read = new(
        () => File.Exists(Source) ? Parse(File.ReadLines(Source)) : new HashSet<string>());

    /// <summary>This machine's; none where it does not tell.</summary>
    public static IReadOnlySet<string> OfThisMachine => Read.Value;

    /// <summary>Reads the flags of the first processor.</summary>
    /// <param name="lines">The lines of <c>/proc/cpuinfo</c>.</param>
    /// <returns>The flags (x86) or features (Arm).</returns>
    internal static IReadOnlySet<string> Parse(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(line =>
            line.StartsWith("flags", StringComparison.Ordinal)
            || line.StartsWith("Features", StringComparison.Ordinal));
        return line is null
            ? new HashSet<string>()
            : line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
    }
}
