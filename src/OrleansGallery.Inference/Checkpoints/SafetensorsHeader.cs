using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// The JSON header of a safetensors file, read and written. Reading trusts nothing: names are unique, byte ranges lie
/// inside the data, have the length of their shape and neither overlap nor leave holes (the format's own rules).
/// </summary>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The longest header the format allows, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>Bytes per element.</summary>
    /// <param name="type">The element type.</param>
    /// <returns>1 to 8.</returns>
    public static int SizeOf(SafetensorsType type) => type switch
    {
        SafetensorsType.F64 or SafetensorsType.I64 => 8,
        SafetensorsType.F32 or SafetensorsType.I32 => 4,
        SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.I16 => 2,
        _ => 1,
    };

    /// <summary>Parses a header.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="dataLength">How many bytes follow it in the file.</param>
    /// <param name="file">The file's path, for messages.</param>
    /// <returns>The header; entries in the order of the file.</returns>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            List<SafetensorsEntry> entries = [];
            Dictionary<string, string> metadata = [];
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                {
                    throw new CheckpointException(file, $"the name '{property.Name}' is there twice.");
                }

                if (property.Name == MetadataKey)
                {
                    foreach (JsonProperty item in property.Value.EnumerateObject())
                    {
                        metadata[item.Name] = item.Value.GetString() ?? string.Empty;
                    }
                }
                else
                {
                    entries.Add(ReadEntry(property, dataLength, file));
                }
            }

            RefuseOverlapsAndHoles(entries, dataLength, file);
            return new SafetensorsHeader(entries, metadata);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            throw new CheckpointException(
                file, $"the header is not that of a safetensors file ({exception.Message})", exception);
        }
    }

    /// <summary>Writes the header, padded with spaces to a multiple of 8 bytes as the format's own writer
    /// does.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in Metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            foreach (SafetensorsEntry entry in Entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", entry.Type.ToString());
                WriteNumbers(writer, "shape", entry.Shape);
                WriteNumbers(writer, "data_offsets", [entry.Offset, entry.Offset + entry.Length]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        int padding = (8 - (buffer.WrittenCount % 8)) % 8;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property, long dataLength, string file)
    {
        JsonElement value = property.Value;
        string type = value.GetProperty("dtype").GetString() ?? string.Empty;
        if (!Enum.TryParse(type, out SafetensorsType parsed) || parsed.ToString() != type)
        {
            throw new CheckpointException(file, $"tensor '{property.Name}' has the unknown type '{type}'.");
        }

        long[] shape = [.. value.GetProperty("shape").EnumerateArray().Select(item => item.GetInt64())];
        long[] range = [.. value.GetProperty("data_offsets").EnumerateArray().Select(item => item.GetInt64())];
        if (range.Length != 2 || range[0] < 0 || range[1] < range[0] || range[1] > dataLength)
        {
            throw new CheckpointException(
                file,
                $"tensor '{property.Name}' claims bytes [{string.Join(", ", range)}) of the {dataLength} there are.");
        }

        if (LengthOf(shape, parsed) is not { } length || length != range[1] - range[0])
        {
            throw new CheckpointException(
                file,
                $"tensor '{property.Name}' has {range[1] - range[0]} bytes, which a shape of "
                + $"[{string.Join(", ", shape)}] of {type} does not.");
        }

        return new SafetensorsEntry
        {
            Name = property.Name, Type = parsed, Shape = shape, Offset = range[0], Length = length,
        };
    }

    private static long? LengthOf(long[] shape, SafetensorsType type)
    {
        try
        {
            long length = SizeOf(type);
            foreach (long side in shape)
            {
                length = side < 0 ? throw new OverflowException() : checked(length * side);
            }

            return length;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static void RefuseOverlapsAndHoles(List<SafetensorsEntry> entries, long dataLength, string file)
    {
        long end = 0;
        string before = "the header";
        foreach (SafetensorsEntry entry in entries.OrderBy(e => e.Offset).ThenBy(e => e.Length))
        {
            if (entry.Offset != end)
            {
                string what = entry.Offset < end ? "overlaps" : "leaves a hole after";
                throw new CheckpointException(file, $"tensor '{entry.Name}' {what} {before}.");
            }

            end += entry.Length;
            before = $"'{entry.Name}'";
        }

        if (end != dataLength)
        {
            throw new CheckpointException(
                file,
                string.Create(
                    CultureInfo.InvariantCulture, $"it has {dataLength} bytes of data, the tensors only {end}."));
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyList<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
