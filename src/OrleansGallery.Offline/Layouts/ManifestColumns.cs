namespace OrleansGallery.Offline;

/// <summary>The columns of a manifest in CSV, as its first line names them; others are passed over.</summary>
internal sealed class ManifestColumns
{
    private readonly List<string> _names;

    /// <param name="header">The first line.</param>
    /// <exception cref="FormatException">The columns path and identity are not there.</exception>
    public ManifestColumns(string header)
    {
        _names = CsvLine.Fields(header);
        if (!_names.Contains("path") || !_names.Contains("identity"))
        {
            throw new FormatException("a header with the columns path and identity is expected.");
        }
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It has not the fields that the header has.</exception>
    public ManifestLine Read(string line)
    {
        List<string> fields = CsvLine.Fields(line);
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
}
