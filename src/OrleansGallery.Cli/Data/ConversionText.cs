using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>A conversion in words.</summary>
internal static class ConversionText
{
    /// <summary>What is odd, on standard error.</summary>
    /// <param name="result">The conversion.</param>
    /// <param name="allowCounts">Whether counts may differ from the published ones.</param>
    /// <param name="output">Where to.</param>
    public static void Tell(ConversionResult result, bool allowCounts, CommandOutput output)
    {
        foreach (string note in result.Notes)
        {
            output.Error.WriteLine(note);
        }

        if (result.Unreadable.Count > 0)
        {
            output.Error.WriteLine(
                Figures.Named(result.Unreadable, "images are missing or cannot be read and are left out"));
        }

        foreach (DataSetCount count in result.Counts.Where(count => count.Differs && !allowCounts))
        {
            output.Error.WriteLine(
                $"warning: {Figures.Count(count.Found)} {count.What}; {Figures.Count(count.Published!.Value)} are "
                + "published. Is the download whole? (--allow-counts: it need not be.)");
        }
    }

    /// <summary>The answer, on standard output.</summary>
    public static void Write(ConversionResult result, CommandOutput output)
    {
        output.WriteFields(
            ("data set", result.What),
            ("list", result.File),
            ("left out", Figures.Count(result.Unreadable.Count)),
            ("made before", $"{Figures.Count(result.MadeBefore)} images"));
        output.WriteTable(["part", "images", "identities"], Rows(result.Parts));
        output.WriteTable(["in the download", "found", "published"], Rows(result.Counts));
    }

    /// <summary>The parts as rows of a table.</summary>
    public static IEnumerable<string[]> Rows(IReadOnlyList<ConvertedCount> parts) => parts.Select(part => (string[])
        [part.Part.ToString().ToLowerInvariant(), Figures.Count(part.Images), Figures.Count(part.Identities)]);

    /// <summary>What was counted, beside what is published, as rows of a table.</summary>
    public static IEnumerable<string[]> Rows(IReadOnlyList<DataSetCount> counts) => counts.Select(count => (string[])
        [count.What, Figures.Count(count.Found), count.Published is { } published ? Figures.Count(published) : "-"]);
}
