using System.Text;

namespace OrleansGallery.Offline;

/// <summary>
/// A CSV file with a header line: the columns <c>path</c> and <c>identity</c>, and where wanted <c>facet</c> and
/// <c>split</c> (train, query, gallery; train without it). Paths are relative to the
/// file, with slashes or backslashes.
/// </summary>
public static class ManifestLayout
{
    private static readonly string[] Splits = ["train", "query", "gallery"];

    /// <summary>Reads the manifest.</summary>
    /// <param name="csv">The file.</param>
    /// <returns>The splits, in the file's order; query and gallery where both have images.</returns>
    /// <exception cref="InvalidDataException">A column or a field is missing, or the text is not UTF-8; the message
    /// names the line.</exception>
    public static DataSplits Read(string csv)
    {
        IReadOnlyList<string> lines = Utf8File.ReadLines(csv);
        List<string> header = lines.Count == 0 ? [] : Fields(lines[0]);
        int path = header.IndexOf("path");
        int identity = header.IndexOf("identity");
        if (path < 0 || identity < 0)
        {
            throw new InvalidDataException($"'{csv}' line 1: a header with the columns path and identity is expected.");
        }

        int facet = header.IndexOf("facet");
        int split = header.IndexOf("split");
        string folder = Path.GetDirectoryName(Path.GetFullPath(csv))!;
        Dictionary<string, List<DataImage>> images = Splits.ToDictionary(name => name, _ => new List<DataImage>());
        for (int number = 1; number < lines.Count; number++)
        {
            if (lines[number].Length == 0)
            {
                continue;
            }

            List<string> fields = Fields(lines[number]);
            string target = split < 0 || split >= fields.Count ? "train" : fields[split];
            if (fields.Count != header.Count || fields[path].Length == 0 || fields[identity].Length == 0
                || !images.TryGetValue(target, out List<DataImage>? set))
            {
                throw new InvalidDataException(
                    $"'{csv}' line {number + 1}: {header.Count} fields are expected, path and identity not empty and "
                    + $"split one of {string.Join(", ", Splits)}; it is '{lines[number]}'.");
            }

            set.Add(new DataImage
            {
                Path = HerePath(fields[path], folder),
                Identity = fields[identity],
                Facet = facet < 0 ? string.Empty : fields[facet],
            });
        }

        DiskFiles files = new(folder);
        ImageSet Set(string name) => new() { Name = $"{csv} ({name})", Images = images[name], Files = files };
        bool evaluated = images["query"].Count > 0 && images["gallery"].Count > 0;
        return new DataSplits
        {
            Train = Set("train"),
            Query = evaluated ? Set("query") : null,
            Gallery = evaluated ? Set("gallery") : null,
        };
    }

    // A manifest written on Windows parts folders by backslashes; elsewhere one may be part of a name.
    private static string HerePath(string path, string folder) =>
        !path.Contains('\\', StringComparison.Ordinal) || File.Exists(Path.Combine(folder, path))
            ? path
            : path.Replace('\\', '/');

    // RFC 4180 on one line: fields in double quotes may hold commas, and quotes doubled.
    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(line[++i]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
