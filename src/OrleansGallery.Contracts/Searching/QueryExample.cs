using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>One of several examples that a query is made of: exactly one of an image file, a vector, a stored image and
/// an identity.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QueryExample
{
    /// <summary>The bytes of an image file, base64 in JSON; the gallery needs a model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Image { get; init; }

    /// <summary>An embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }

    /// <summary>With <see cref="IdentityId"/>: a stored image.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImageId { get; init; }

    /// <summary>An identity, which stands for its centroid, or which holds the image <see cref="ImageId"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentityId { get; init; }
}
