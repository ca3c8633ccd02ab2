using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>One line of an ingest stream: an image file or a vector of one identity.</summary>
public sealed record IngestItem
{
    /// <summary>The sender's number of the item, repeated in its ack. Default: the line number, from 1.</summary>
    public long? Seq { get; init; }

    /// <summary>The identity's id.</summary>
    public string? Identity { get; init; }

    /// <summary>
    /// Default: the SHA-256 (hex) of the file's bytes, or of the vector's little-endian float32 bytes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImageId { get; init; }

    /// <summary>The condition the image was taken under. Default: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Facet { get; init; }

    /// <summary>When the image was taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Attributes that the identity gets with the image, in the same commit; those that are not named stay. An
    /// image that is enrolled already brings none. Of images under way at once it is not said whose come last.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>The file's bytes, base64 in JSON; exclusive with <see cref="Vector"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Image { get; init; }

    /// <summary>The embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }
}
