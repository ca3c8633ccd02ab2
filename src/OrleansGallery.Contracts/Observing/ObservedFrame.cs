using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>One of several images that show one identity.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ObservedFrame
{
    /// <summary>The embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    public float[]? Vector { get; init; }

    /// <summary>Default: the SHA-256 (hex) of the vector's little-endian float32 bytes.</summary>
    public string? ImageId { get; init; }

    /// <summary>When the image was taken. Default: the observation's.</summary>
    public DateTimeOffset? TakenAt { get; init; }
}
