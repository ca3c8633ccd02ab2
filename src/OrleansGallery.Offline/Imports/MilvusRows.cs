using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Milvus' rows: the file of a bulk insert (<c>rows</c>), the answer to a query (<c>data</c>), or an array of
/// rows.</summary>
internal sealed class MilvusRows(string path, ImportFields fields, Func<long, string> idOf) : IImportRows
{
    private readonly ReadBuffer _buffer = new(path);
    private readonly ObjectRows _rows = new(path, fields, fields with { Id = fields.Id ?? "id" }, idOf);

    /// <inheritdoc/>
    public long BytesRead => _buffer.BytesRead;

    /// <inheritdoc/>
    public IEnumerable<ImportRow> Read()
    {
        long number = 0;
        foreach ((long line, JsonDocument document) in
            new JsonRows(_buffer, path, "rows", "data", string.Empty).Read())
        {
            using (document)
            {
                yield return JsonFields.Row(++number, line, row => _rows.RowOf(row, document.RootElement));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
