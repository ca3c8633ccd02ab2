using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Reads an object whose values are texts, or arrays of texts; writes arrays.</summary>
public sealed class AttributeTextsConverter : JsonConverter<IReadOnlyDictionary<string, IReadOnlyList<string>>>
{
    /// <inheritdoc />
    public override IReadOnlyDictionary<string, IReadOnlyList<string>> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object of attributes is expected: {\"colour\":[\"red\",\"blue\"]}.");
        }

        Dictionary<string, IReadOnlyList<string>> texts = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (!texts.TryAdd(key, TextsOf(ref reader, key)))
            {
                throw new JsonException($"The attribute '{key}' is named twice.");
            }
        }

        return texts;
    }

    /// <inheritdoc />
    public override void Write(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        foreach ((string key, IReadOnlyList<string> texts) in value)
        {
            writer.WriteStartArray(key);
            foreach (string text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string[] TextsOf(ref Utf8JsonReader reader, string key)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return [reader.GetString()!];
        }

        List<string> texts = [];
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return [.. texts];
            }
        }

        throw new JsonException($"The attribute '{key}' is neither a text nor an array of texts.");
    }
}
