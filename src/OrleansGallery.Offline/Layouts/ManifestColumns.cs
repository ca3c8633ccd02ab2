using System.Text;

namespace OrleansGallery.Offline;

/// <summary>The columns of a manifest in CSV, as its first line names them; others are passed over.</summary>
internal sealed class ManifestColumns
{
    private readonly List<string> _names;

    /// <param name="header">The first line.</param>
    /// <exception cref="FormatException">The columns path and identity are not there.</exception>
    public ManifestColumns(string header)
    {
        _names = Fields(header);
        if (!_names.Contains("path") || !_names.Contains("identity"))
        {
            throw new FormatException("a header with the columns path and identity is expected.");
        }
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It has not the fields that the header has.</exception>
    public ManifestLine Read(string line)
    {
        List<string> fields = Fields(line);
        if (fields.Count != _names.Count)
        {
            throw new FormatException($"{_names.Count} fields are expected, not {fields.Count}; it is '{line}'.");
        }

        string? Of(string name) => _names.IndexOf(name) is var place and >= 0 ? fields[place] : null;
        return new ManifestLine
        {
            Path = Of("path"),
            Identity = Of("identity"),
            Facet = Of("facet"),
            Split = Of("split"),
            TakenAt = Of("takenAt"),
            ImageId = Of("imageId"),
            Attributes = ManifestLine.AttributesOf(Of("attributes") ?? string.Empty),
        };
    }

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
