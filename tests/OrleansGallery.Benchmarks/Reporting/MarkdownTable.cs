using System.Text;

namespace OrleansGallery.Benchmarks.Reporting;

/// <summary>A table that reads well as text and as Markdown.</summary>
/// <param name="columns">The columns' titles.</param>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths = [.. columns.Select((title, i) => _rows.Append([.. columns]).Max(row => row[i].Length))];
        StringBuilder text = new();
        Append(text, columns, widths);
        text.AppendLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        foreach (string[] row in _rows)
        {
            Append(text, row, widths);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths) =>
        text.AppendLine($"| {string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i])))} |");
}
