using OrleansGallery.Testing;

namespace OrleansGallery.Benchmarks.Reporting;

/// <summary>Prints a result and keeps it in <c>results/</c>.</summary>
internal static class BenchmarkReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="name">The file's name without extension.</param>
    /// <param name="markdown">The text.</param>
    public static void Write(string name, string markdown)
    {
        Console.WriteLine(markdown);
        Save(name, markdown);
    }

    /// <summary>Keeps a section of a report that several runs make: replaces the one of the same heading, or
    /// appends.</summary>
    /// <param name="name">The file's name without extension.</param>
    /// <param name="title">The report's title, for the first section.</param>
    /// <param name="heading">The section's heading, without marks.</param>
    /// <param name="body">Its text.</param>
    public static void SaveSection(string name, string title, string heading, string body)
    {
        string report = File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : $"# {title}\n";
        string[] parts = report.Split("\n## ");
        IEnumerable<string> kept = parts.Skip(1).Where(part => part.Split('\n')[0] != heading);
        Save(name, string.Join("\n## ", [parts[0], .. kept, $"{heading}\n\n{body.TrimEnd()}\n"]));
    }

    private static void Save(string name, string markdown)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), markdown);
    }

    private static string PathOf(string name) =>
        Path.Combine(Repository.Root, "tests", "OrleansGallery.Benchmarks", "results", $"{name}.md");
}
