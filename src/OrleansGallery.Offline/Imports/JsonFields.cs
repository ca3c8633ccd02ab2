using System.Globalization;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Takes a row's fields out of a JSON object.</summary>
internal static class JsonFields
{
    private const int NamesShown = 10;

    /// <summary>Longer texts are no ids, which have at most 256 bytes.</summary>
    private const int LongestText = 1024;

    /// <summary>A row, or its fault.</summary>
    /// <param name="number">The row's number.</param>
    /// <param name="line">Where it begins; 0: nowhere.</param>
    /// <param name="read">Reads it, of an empty one with number and line.</param>
    public static ImportRow Row(long number, long line, Func<ImportRow, ImportRow> read)
    {
        ImportRow row = new() { Number = number, Line = line };
        try
        {
            return read(row);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException
            or ArgumentException)
        {
            // The framework's own message where a text is no valid Unicode.
            return row with
            {
                Fault = exception is FormatException ? exception.Message : "a text in it is no valid Unicode.",
            };
        }
    }

    /// <summary>A field that may be missing or null.</summary>
    /// <param name="row">The object.</param>
    /// <param name="name">The field; of a nested one the names with dots between them.</param>
    public static JsonElement? Find(JsonElement row, string name)
    {
        JsonElement at = row;
        string rest = name;
        while (at.ValueKind == JsonValueKind.Object)
        {
            if (at.TryGetProperty(rest, out JsonElement found))
            {
                return found.ValueKind == JsonValueKind.Null ? null : found;
            }

            int dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || !at.TryGetProperty(rest[..dot], out at))
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }

        return null;
    }

    /// <summary>A field that must be there.</summary>
    /// <param name="row">The object.</param>
    /// <param name="what">What the object is, for the message.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="FormatException">It is not; the message names those that are.</exception>
    public static JsonElement Require(JsonElement row, string what, string name) =>
        Find(row, name) ?? throw new FormatException($"{what} has no field '{name}'; {NamesOf(row)}.");

    /// <summary>The names of an object's fields, for messages.</summary>
    public static string NamesOf(JsonElement row)
    {
        string[] names = row.ValueKind != JsonValueKind.Object ? []
            : [.. row.EnumerateObject().Select(field => field.Name).Take(NamesShown + 1)];
        return names.Length == 0 ? "it has none"
            : $"it has {string.Join(", ", names.Take(NamesShown).Select(name => $"'{Short(name)}'"))}"
                + (names.Length > NamesShown ? " and more" : string.Empty);
    }

    /// <summary>Says that nothing can be read before it is known whose the rows are.</summary>
    public static InvalidDataException NoIdentity(string path, string what, JsonElement row) => new(
        $"'{path}': say with --identity which field of {what} names the identity; {NamesOf(row)}.");

    /// <summary>A text or a whole number, as a text.</summary>
    /// <exception cref="FormatException">It is something else, or too long to be an id.</exception>
    public static string Text(string name, JsonElement value)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when value.TryGetInt64(out long whole) => whole.ToString(CultureInfo.InvariantCulture),
            JsonValueKind.Number when value.TryGetUInt64(out ulong whole) =>
                whole.ToString(CultureInfo.InvariantCulture),
            _ => throw new FormatException(
                $"its '{name}' is {Short(value.GetRawText())}; a text or a whole number is expected."),
        };
        return RequireText(name, text);
    }

    /// <summary>A text that may be missing or empty.</summary>
    public static string? TextOrNull(JsonElement row, string? name) =>
        name is not null && Find(row, name) is { } value
        && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(string.Empty))
            ? Text(name, value)
            : null;

    /// <summary>A text of a length that an id may have.</summary>
    /// <exception cref="FormatException">It is empty or too long.</exception>
    public static string RequireText(string name, string? text) =>
        string.IsNullOrEmpty(text) ? throw new FormatException($"its '{name}' is empty.")
        : text.Length <= LongestText ? text
        : throw new FormatException($"its '{name}' has {text.Length} characters; ids have at most 256 bytes.");

    /// <summary>The beginning of a text, for messages.</summary>
    public static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}...";
}
