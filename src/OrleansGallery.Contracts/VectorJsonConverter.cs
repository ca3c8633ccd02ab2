using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
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
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    private static float[] ReadBase64(ref Utf8JsonReader reader)
    {
        // Decoded where it is: a vector of 512 dimensions would be copied twice else.
        if (!reader.HasValueSequence && !reader.ValueIsEscaped
            && TryDecode(reader.ValueSpan) is { } decoded)
        {
            return decoded;
        }

        if (!reader.TryGetBytesFromBase64(out byte[]? bytes))
        {
            throw new JsonException("The vector is a string, but no base64.");
        }

        if (bytes.Length % sizeof(float) != 0)
        {
            throw new JsonException($"The vector's base64 has {bytes.Length} bytes, no multiple of 4.");
        }

        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    // Null where it is not what it should be, for the reader to say what.
    private static float[]? TryDecode(ReadOnlySpan<byte> base64)
    {
        int padding = base64[^Math.Min(2, base64.Length)..].Count((byte)'=');
        int bytes = Math.Max(Base64.GetMaxDecodedFromUtf8Length(base64.Length) - padding, 0);
        float[] vector = new float[bytes / sizeof(float)];
        Span<byte> room = MemoryMarshal.AsBytes(vector.AsSpan());
        return room.Length == bytes
            && Base64.DecodeFromUtf8(base64, room, out int read, out int written) == OperationStatus.Done
            && read == base64.Length && written == room.Length
            ? vector
            : null;
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
