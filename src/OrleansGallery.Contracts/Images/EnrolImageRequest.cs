using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../identities/{id}/images</c> (the multipart form has the same fields and
/// <c>file</c>).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EnrolImageRequest
{
    /// <summary>The embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    public float[]? Vector { get; init; }

    /// <summary>Default: the SHA-256 (hex) of the file's bytes, or of the vector's little-endian float32
    /// bytes.</summary>
    public string? ImageId { get; init; }

    /// <summary>The condition the image was taken under, for example a camera id. Default: none.</summary>
    public string? Facet { get; init; }

    /// <summary>When the image was taken.</summary>
    public DateTimeOffset? TakenAt { get; init; }
}
