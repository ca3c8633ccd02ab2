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
        string folder = Path.Combine(Repository.Root, "tests", "OrleansGallery.Benchmarks", "results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}.md"), markdown);
    }
}
