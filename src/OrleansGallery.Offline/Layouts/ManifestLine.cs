using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGallery.Offline;

/// <summary>One image as a manifest names it: an object of NDJSON, or a line of CSV with the same names.</summary>
internal sealed record ManifestLine
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string? Path { get; init; }

    public string? Identity { get; init; }

    public string? Facet { get; init; }

    /// <summary>Train, query or gallery; null: train.</summary>
    public string? Split { get; init; }

    /// <summary>ISO 8601; without an offset it is UTC.</summary>
    public string? TakenAt { get; init; }

    public string? ImageId { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>When the image was taken; null: the line does not say.</summary>
    /// <exception cref="FormatException">It is no instant.</exception>
    [JsonIgnore]
    public DateTimeOffset? Instant => IsoInstant.Read("takenAt", TakenAt);

    /// <summary>Reads an object.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ManifestLine OfJson(string line) =>
        Read<ManifestLine>(line) ?? throw new FormatException("an object is expected; it is null.");

    /// <summary>Reads attributes as a field of a CSV file has them.</summary>
    /// <exception cref="FormatException">They are no object of texts.</exception>
    public static IReadOnlyDictionary<string, string>? AttributesOf(string field) =>
        field.Length == 0 ? null : Read<Dictionary<string, string>>(field);

    private static T? Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{exception.Message} It is '{text}'.", exception);
        }
    }
}
