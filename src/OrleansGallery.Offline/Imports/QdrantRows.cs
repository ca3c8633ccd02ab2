using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Qdrant's points: the answers of <c>points/scroll</c> as they came, one or several one after the other, or
/// an array of points.</summary>
internal sealed class QdrantRows(string path, ImportFields fields) : IImportRows
{
    private readonly ReadBuffer _buffer = new(path);
    private readonly JsonVector _vector = new(fields.Vector);

    /// <inheritdoc/>
    public long BytesRead => _buffer.BytesRead;

    /// <inheritdoc/>
    public string? MoreFrom { get; private set; }

    /// <inheritdoc/>
    public IEnumerable<ImportRow> Read()
    {
        long number = 0;
        JsonRows rows = new(_buffer, path, "result.points", "result", "points", string.Empty)
        {
            Noted = "result.next_page_offset",
        };
        foreach ((long line, JsonDocument document) in rows.Read())
        {
            using (document)
            {
                yield return JsonFields.Row(++number, line, row => RowOf(row, document.RootElement));
            }
        }

        MoreFrom = rows.NotedText;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private ImportRow RowOf(ImportRow row, JsonElement point)
    {
        if (JsonFields.Find(point, "id") is not { } id)
        {
            throw new FormatException($"it is no point: it has no 'id'; {JsonFields.NamesOf(point)}.");
        }

        JsonElement payload = JsonFields.Find(point, "payload") ?? default;
        string identity = fields.Identity ?? throw JsonFields.NoIdentity(path, "the payload", payload);
        return row with
        {
            Identity = JsonFields.Text(identity, JsonFields.Require(payload, "its payload", identity)),
            ImageId = fields.Id is { } named
                ? JsonFields.Text(named, JsonFields.Require(payload, "its payload", named))
                : JsonFields.Text("id", id),
            Facet = JsonFields.TextOrNull(payload, fields.Facet),
            TakenAt = IsoInstant.Read(fields.TakenAt ?? string.Empty, JsonFields.TextOrNull(payload, fields.TakenAt)),
            Vector = _vector.OfPoint(point),
        };
    }
}
