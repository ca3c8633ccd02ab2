namespace OrleansGallery.Offline;

/// <summary>Comma-separated values with a header; a line that does not fit it is a row that is no good.</summary>
internal sealed class CsvRows(string path, ImportFields fields, Func<long, string> idOf) : IImportRows
{
    private readonly ReadBuffer _buffer = new(path);

    /// <inheritdoc/>
    public long BytesRead => _buffer.BytesRead;

    /// <inheritdoc/>
    public IEnumerable<ImportRow> Read()
    {
        CsvColumns columns = ReadHeader();
        long number = 0;
        while (true)
        {
            long line = _buffer.Line;
            if (!_buffer.TryReadLine(quoted: true, out ReadOnlyMemory<byte> bytes))
            {
                yield break;
            }

            if (bytes.Span.ContainsAnyExcept(" \t"u8))
            {
                yield return JsonFields.Row(
                    ++number, line, row => columns.RowOf(row, Utf8File.TextOf(bytes.Span)));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private CsvColumns ReadHeader()
    {
        try
        {
            return _buffer.TryReadLine(quoted: true, out ReadOnlyMemory<byte> header)
                ? new CsvColumns(Utf8File.TextOf(header.Span), fields, idOf)
                : throw new FormatException("the file is empty; a header is expected.");
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{path}' line 1: {exception.Message}", exception);
        }
    }
}
