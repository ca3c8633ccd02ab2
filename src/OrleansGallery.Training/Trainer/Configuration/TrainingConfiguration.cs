using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>Training options as a JSON file.</summary>
public static class TrainingConfiguration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ConfigurationException">It is no such file, or values are out of range: all of them
    /// listed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrainingOptions Load(string path)
    {
        TrainingOptions options;
        try
        {
            options = JsonSerializer.Deserialize<TrainingOptions>(Utf8File.ReadBytes(path).Span, Json)
                ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new ConfigurationException(path, [exception.Message]);
        }

        IReadOnlyList<string> errors = TrainingOptionsValidator.Validate(options);
        return errors.Count == 0 ? options : throw new ConfigurationException(path, errors);
    }

    /// <summary>Writes options, defaults included.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The JSON.</returns>
    public static string ToJson(TrainingOptions options) => JsonSerializer.Serialize(options, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The options, unchecked.</returns>
    public static TrainingOptions FromJson(string json) => JsonSerializer.Deserialize<TrainingOptions>(json, Json)!;

    /// <summary>Names the settings that differ, of those that results depend on.</summary>
    /// <param name="json">Options as <see cref="ToJson"/> wrote them.</param>
    /// <param name="options">The options to compare.</param>
    /// <returns>
    /// Paths such as <c>loss.margin</c>; the cache and the runtime section are left out, but for its arithmetic.
    /// </returns>
    public static IReadOnlyList<string> Differences(string json, TrainingOptions options)
    {
        SortedDictionary<string, string> before = Flatten(json);
        SortedDictionary<string, string> now = Flatten(ToJson(options));
        return [.. before.Keys.Union(now.Keys)
            .Where(key => key != "data.cacheMegabytes" && (!key.StartsWith("runtime.", StringComparison.Ordinal)
                || key is "runtime.mixedPrecision" or "runtime.channelsLast"))
            .Where(key => before.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Order(StringComparer.Ordinal)];
    }

    private static SortedDictionary<string, string> Flatten(string json)
    {
        SortedDictionary<string, string> flat = new(StringComparer.Ordinal);
        Add(JsonNode.Parse(json), string.Empty, flat);
        return flat;
    }

    private static void Add(JsonNode? node, string path, SortedDictionary<string, string> flat)
    {
        if (node is JsonObject parent)
        {
            foreach ((string name, JsonNode? child) in parent)
            {
                Add(child, path.Length == 0 ? name : $"{path}.{name}", flat);
            }

            return;
        }

        flat[path] = node?.ToJsonString() ?? "null";
    }
}
