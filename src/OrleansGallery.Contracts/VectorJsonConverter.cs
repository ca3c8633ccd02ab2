using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>
/// Reads a vector as a JSON array of numbers or as base64 of its little-endian float32 bytes; writes base64, which
/// is exact and a third of the array's length.
/// </summary>
public sealed class VectorJsonConverter : JsonConverter<float[]>
{
    /// <inheritdoc />
    public override float[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => ReadBase64(ref reader),
            JsonTokenType.StartArray => ReadArray(ref reader),
            _ => throw new JsonException("A vector is an array of numbers or base64 of little-endian float32."),
        };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        byte[] bytes = new byte[value.Length * sizeof(float)];
        for (int i = 0; i < value.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), value[i]);
        }

        writer.WriteBase64StringValue(bytes);
    }

    private static float[] ReadBase64(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetBytesFromBase64(out byte[]? bytes))
        {
            throw new JsonException("The vector is a string, but no base64.");
        }

        if (bytes.Length % sizeof(float) != 0)
        {
            throw new JsonException($"The vector's base64 has {bytes.Length} bytes, no multiple of 4.");
        }

        float[] vector = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return vector;
    }

    private static float[] ReadArray(ref Utf8JsonReader reader)
    {
        List<float> values = new(512);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetSingle(out float value))
            {
                throw new JsonException($"Element {values.Count} of the vector is no number of float32's range.");
            }

            values.Add(value);
        }

        return [.. values];
    }
}
