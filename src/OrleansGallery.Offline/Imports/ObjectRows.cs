using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Takes rows out of JSON objects that have all their fields beside each other.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="fields">Which field is what, as far as it was said: an id that was named must be there.</param>
/// <param name="usual">The same with what is usual.</param>
/// <param name="idOf">A row's id where it has none.</param>
internal sealed class ObjectRows(string path, ImportFields fields, ImportFields usual, Func<long, string> idOf)
{
    private readonly JsonVector _vector = new(fields.Vector);

    /// <summary>Takes a row.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public ImportRow RowOf(ImportRow row, JsonElement item) =>
        FieldsOf(row, item) with { Vector = _vector.Find(item) };

    /// <summary>Takes a row without its vector.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    /// <exception cref="InvalidDataException">It was not said which field names the identity.</exception>
    public ImportRow FieldsOf(ImportRow row, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"it is {JsonFields.Short(item.GetRawText())}; an object is expected.");
        }

        string identity = usual.Identity ?? throw JsonFields.NoIdentity(path, "a row", item);
        return row with
        {
            Identity = JsonFields.Text(identity, JsonFields.Require(item, "it", identity)),
            ImageId = fields.Id is { } id
                ? JsonFields.Text(id, JsonFields.Require(item, "it", id))
                : JsonFields.TextOrNull(item, usual.Id) ?? idOf(row.Number),
            Facet = JsonFields.TextOrNull(item, usual.Facet),
            TakenAt = IsoInstant.Read(usual.TakenAt ?? string.Empty, JsonFields.TextOrNull(item, usual.TakenAt)),
        };
    }
}
