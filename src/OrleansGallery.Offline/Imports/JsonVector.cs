using System.Runtime.InteropServices;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Takes the embeddings out of the JSON objects of a file: of all of them the same field, or vectors of two
/// models would come together.</summary>
/// <param name="name">The field; null: that of the first good row.</param>
internal sealed class JsonVector(string? name)
{
    private const string Usual = "vector";

    private string? _name = name;

    /// <summary>The field of the embedding: the named one, the usual one, or the only one of numbers.</summary>
    /// <exception cref="FormatException">There is none, or more than one.</exception>
    public float[] Find(JsonElement row) =>
        Take(row, "it", _name ?? (JsonFields.Find(row, Usual) is null ? OnlyOf(row) : Usual));

    /// <summary>The vector of one of Qdrant's points, or of its named vectors one.</summary>
    /// <exception cref="FormatException">There is none, it is sparse, or there are several and none is
    /// named.</exception>
    public float[] OfPoint(JsonElement point)
    {
        JsonElement vector = JsonFields.Find(point, Usual)
            ?? throw new FormatException("it has no vector; scroll with \"with_vector\": true.");
        if (vector.ValueKind != JsonValueKind.Object)
        {
            return _name is null ? Read(Usual, vector) : throw new FormatException(
                $"it has one vector without a name, and no '{_name}'; leave --vector out.");
        }

        return Take(vector, "its vector", _name ?? OnlyOf(vector));
    }

    /// <summary>An array of numbers, or base64 of little-endian float32 as the service writes it.</summary>
    /// <exception cref="FormatException">It is neither, or a number is not finite.</exception>
    public static float[] Read(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.TryGetBytesFromBase64(out byte[]? bytes) && bytes.Length > 0 && bytes.Length % 4 == 0
                ? Finite(name, MemoryMarshal.Cast<byte, float>(bytes).ToArray())
                : throw new FormatException($"its '{name}' is a text, but no base64 of float32.");
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException(
                value.ValueKind == JsonValueKind.Object
                    ? $"its '{name}' is sparse or has names; one array of numbers is expected."
                    : $"its '{name}' is no array of numbers.");
        }

        float[] vector = new float[value.GetArrayLength()];
        int at = 0;
        foreach (JsonElement component in value.EnumerateArray())
        {
            if (component.ValueKind != JsonValueKind.Number || !component.TryGetSingle(out vector[at]))
            {
                throw new FormatException(
                    $"component {at} of its '{name}' is {JsonFields.Short(component.GetRawText())}; a number is "
                    + "expected.");
            }

            at++;
        }

        return Finite(name, vector);
    }

    /// <summary>Refuses what no search could use.</summary>
    /// <exception cref="FormatException">It is empty, or a number is not finite.</exception>
    public static float[] Finite(string name, float[] vector)
    {
        int at = Array.FindIndex(vector, value => !float.IsFinite(value));
        return vector.Length == 0 ? throw new FormatException($"its '{name}' is empty.")
            : at < 0 ? vector
            : throw new FormatException(
                $"component {at} of its '{name}' is no finite float32 number.");
    }

    private float[] Take(JsonElement holder, string what, string chosen)
    {
        float[] vector = Read(chosen, JsonFields.Require(holder, what, chosen));
        _name = chosen;
        return vector;
    }

    private static string OnlyOf(JsonElement row)
    {
        JsonProperty[] vectors = [.. row.EnumerateObject().Where(field => IsVector(field.Value)).Take(2)];
        return vectors switch
        {
            [JsonProperty only] => only.Name,
            [] => throw new FormatException($"it has no vector: {JsonFields.NamesOf(row)}."),
            _ => throw new FormatException(
                $"it has several vectors, '{JsonFields.Short(vectors[0].Name)}' and "
                + $"'{JsonFields.Short(vectors[1].Name)}'; say which with --vector."),
        };
    }

    private static bool IsVector(JsonElement value) => value.ValueKind == JsonValueKind.Array
        && value.GetArrayLength() > 1 && value[0].ValueKind == JsonValueKind.Number;
}
