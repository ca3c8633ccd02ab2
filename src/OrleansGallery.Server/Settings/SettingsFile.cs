using System.Text.Json;

namespace OrleansGallery.Server;

/// <summary>A JSON file of settings as it is written, before .NET's reader makes one flat list of it.</summary>
internal static class SettingsFile
{
    // What .NET's own reader of such files allows.
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads sections and their keys; nothing below them.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON object.</exception>
    public static IReadOnlyList<SettingsValue> Read(string path)
    {
        string file = Path.GetFileName(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException(
                    $"'{path}' is a JSON {document.RootElement.ValueKind}; an object of sections is expected.");
            }

            List<SettingsValue> values = [];
            foreach (JsonProperty section in document.RootElement.EnumerateObject())
            {
                values.Add(ValueOf(file, [section.Name], section.Value));
                if (section.Value.ValueKind == JsonValueKind.Object)
                {
                    values.AddRange(section.Value.EnumerateObject().Select(
                        key => ValueOf(file, [section.Name, key.Name], key.Value)));
                }
            }

            return values;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{path}' is no JSON: {exception.Message}", exception);
        }
    }

    private static SettingsValue ValueOf(string file, string[] path, JsonElement value) => new(
        $"{file}: {string.Join(':', path)}",
        path,
        value.ValueKind switch
        {
            JsonValueKind.Object => SettingsKind.Object,
            JsonValueKind.Array => SettingsKind.Array,
            JsonValueKind.String => SettingsKind.String,
            JsonValueKind.Number => SettingsKind.Number,
            JsonValueKind.True or JsonValueKind.False => SettingsKind.Boolean,
            _ => SettingsKind.Null,
        },
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
}
