using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>One JSON object a line; a line that is none is a row that is no good.</summary>
internal sealed class NdjsonRows(string path, ImportFields fields, Func<long, string> idOf) : IImportRows
{
    private readonly ReadBuffer _buffer = new(path);
    private readonly ObjectRows _rows = new(path, fields, fields.OrOurs(), idOf);

    /// <inheritdoc/>
    public long BytesRead => _buffer.BytesRead;

    /// <inheritdoc/>
    public IEnumerable<ImportRow> Read() => Read(_rows.RowOf);

    /// <summary>The rows without their vectors.</summary>
    public IEnumerable<ImportRow> ReadFields() => Read(_rows.FieldsOf);

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private IEnumerable<ImportRow> Read(Func<ImportRow, JsonElement, ImportRow> rowOf)
    {
        long number = 0;
        while (true)
        {
            long line = _buffer.Line;
            if (!_buffer.TryReadLine(quoted: false, out ReadOnlyMemory<byte> bytes))
            {
                yield break;
            }

            if (bytes.Span.ContainsAnyExcept(" \t"u8))
            {
                yield return JsonFields.Row(++number, line, row => Parse(row, bytes, rowOf));
            }
        }
    }

    private static ImportRow Parse(
        ImportRow row, ReadOnlyMemory<byte> line, Func<ImportRow, JsonElement, ImportRow> rowOf)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return rowOf(row, document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException(
                $"it is no JSON: {JsonRows.FactOf(exception)} (byte {exception.BytePositionInLine + 1}).", exception);
        }
    }
}
