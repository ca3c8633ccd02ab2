using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Tells a file's format by its beginning, and by its name where that says too little.</summary>
internal static class ImportRecognition
{
    private const int Looked = 64 * 1024;

    /// <exception cref="InvalidDataException">It is nothing that is known.</exception>
    public static ImportFormat FormatOf(string path)
    {
        using ReadBuffer buffer = new(path);
        while (!buffer.Ended && buffer.Unread.Length < Looked && buffer.Fill())
        {
        }

        ReadOnlySpan<byte> bytes = buffer.Unread.Span;
        bool isCsv = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        bool isNumPy = bytes.Length > 5 && bytes[0] == 0x93 && bytes[1..6].SequenceEqual("NUMPY"u8);
        return isNumPy || path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? ImportFormat.Npy
            : isCsv ? ImportFormat.Csv
            : OfJson(bytes, buffer.Ended, ImportFile.IsNdjson(path)) ?? throw new InvalidDataException(
                $"'{path}' is not recognised; say with --format what it is: qdrant, milvus, ndjson, csv or npy.");
    }

    private static ImportFormat? OfJson(ReadOnlySpan<byte> bytes, bool isWhole, bool isNdjson)
    {
        Utf8JsonReader reader = new(
            bytes, isWhole, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        ImportFormat? otherwise = isNdjson ? ImportFormat.Ndjson : null;
        try
        {
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return otherwise;
            }

            if (reader.TokenType == JsonTokenType.StartArray)
            {
                return !reader.Read() || reader.TokenType != JsonTokenType.StartObject ? otherwise
                    : FindField(ref reader, "payload") is null ? ImportFormat.Milvus
                    : ImportFormat.Qdrant;
            }

            return FindField(ref reader, isNdjson ? ["result"] : ["result", "points", "rows", "data"]) switch
            {
                "result" or "points" => ImportFormat.Qdrant,
                "rows" or "data" => ImportFormat.Milvus,
                // An object of something else that is not over yet is no line of a list.
                _ => reader.TokenType == JsonTokenType.EndObject ? ImportFormat.Ndjson : otherwise,
            };
        }
        catch (JsonException)
        {
            return otherwise;
        }
    }

    // Which of some fields the object at hand has, of arrays and objects; null: none in what is here.
    private static string? FindField(ref Utf8JsonReader reader, params ReadOnlySpan<string> names)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? found = null;
            foreach (string name in names)
            {
                found = reader.ValueTextEquals(name) ? name : found;
            }

            if (!reader.Read())
            {
                return null;
            }

            if (found is not null
                && (found == "payload" || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return found;
            }

            if (!reader.TrySkip())
            {
                return null;
            }
        }

        return null;
    }
}
