namespace OrleansGallery.Offline;

/// <summary>An array of one vector per row, with the identities in a second file: a text or object a line, or an array
/// of whole numbers or texts.</summary>
internal sealed class NpyRows : IImportRows
{
    private const string IdsEnding = ImportFile.IdsEnding;

    private readonly NpyVectors _vectors;
    private readonly string _identities;
    private readonly ImportFields _fields;
    private readonly Func<long, string> _idOf;

    /// <exception cref="NpyException">A file is none, or the two do not fit each other.</exception>
    public NpyRows(string path, string? identities, ImportFields fields, Func<long, string> idOf)
    {
        _identities = identities ?? (File.Exists(path + IdsEnding) ? path + IdsEnding
            : throw new InvalidDataException(
                $"'{path}' says nothing of identities, and there is no '{path}{IdsEnding}'; name a file of one per row "
                + "with --identities."));
        (_fields, _idOf) = (fields, idOf);
        long rows = CountIdentities();
        _vectors = new NpyVectors(path);
        if (rows != _vectors.Count)
        {
            _vectors.Dispose();
            throw new InvalidDataException(
                $"'{_identities}' has {rows} identities, '{path}' {_vectors.Count} rows; one per row is expected.");
        }
    }

    /// <inheritdoc/>
    public long BytesRead => _vectors.BytesRead;

    /// <inheritdoc/>
    public IEnumerable<ImportRow> Read()
    {
        foreach (ImportRow fields in ReadIdentities())
        {
            float[] vector = _vectors.ReadRow();
            yield return fields.Fault is null
                ? JsonFields.Row(fields.Number, line: 0, row => fields with
                {
                    Line = 0, Vector = JsonVector.Finite("row", vector),
                })
                : fields with { Line = 0 };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _vectors.Dispose();

    private bool IsObjects => ImportFile.IsNdjson(_identities);

    private bool IsArray => _identities.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    // A line too many or too few would give every vector after it to somebody else, so they are counted first.
    private long CountIdentities()
    {
        if (IsArray)
        {
            return ReadArray().Length;
        }

        using ReadBuffer buffer = new(_identities);
        long lines = 0;
        while (buffer.TryReadLine(quoted: false, out ReadOnlyMemory<byte> line))
        {
            lines += IsObjects && !line.Span.ContainsAnyExcept(" \t"u8) ? 0 : 1;
        }

        return lines;
    }

    private string[] ReadArray()
    {
        NpyHeader header = NpyFile.ReadHeader(_identities);
        NpyNumbers.RequireOnePerRow(header, "identities", _identities);
        return header.Type.StartsWith("<U", StringComparison.Ordinal)
            ? NpyFile.ReadText(_identities).Values
            : Array.ConvertAll(
                NpyNumbers.ReadLabels(_identities),
                label => label.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private IEnumerable<ImportRow> ReadIdentities()
    {
        if (IsObjects)
        {
            using NdjsonRows rows = new(_identities, _fields, _idOf);
            foreach (ImportRow row in rows.ReadFields())
            {
                yield return row;
            }

            yield break;
        }

        long number = 0;
        if (IsArray)
        {
            foreach (string identity in ReadArray())
            {
                yield return RowOf(++number, () => identity);
            }

            yield break;
        }

        using ReadBuffer buffer = new(_identities);
        while (buffer.TryReadLine(quoted: false, out ReadOnlyMemory<byte> line))
        {
            ReadOnlyMemory<byte> bytes = line;
            yield return RowOf(++number, () => Utf8File.TextOf(bytes.Span).Trim());
        }
    }

    private ImportRow RowOf(long number, Func<string> identity) => JsonFields.Row(number, line: 0, row => row with
    {
        Identity = JsonFields.RequireText("identity", identity()), ImageId = _idOf(row.Number),
    });
}
