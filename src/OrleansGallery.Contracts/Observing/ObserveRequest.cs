using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../images:observe</c>: a vector, or the frames of a tracklet, which are one
/// observation. The multipart form has the same fields but these, and <c>file</c> once or several times.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ObserveRequest
{
    /// <summary>The most frames of one observation.</summary>
    public const int MaxFrames = 64;

    /// <summary>The embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    public float[]? Vector { get; init; }

    /// <summary>Instead of <see cref="Vector"/>: 1 to 64 embeddings of one identity. They are decided once, by the
    /// normalised mean of their directions.</summary>
    public IReadOnlyList<ObservedFrame>? Frames { get; init; }

    /// <summary>The observation's id: whoever sends it again gets the same outcome. Of a single image it is the image's
    /// id, too. Default: the SHA-256 (hex) of the image's content; of several, of their contents' SHA-256s.</summary>
    public string? ImageId { get; init; }

    /// <summary>The condition the images were taken under, for example a camera id. Default: none.</summary>
    public string? Facet { get; init; }

    /// <summary>When the images were taken.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Attributes of an identity that is founded or kept aside by it; one that it joins keeps its
    /// own.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>The score from which on it joins. Default: the gallery's.</summary>
    public double? JoinThreshold { get; init; }

    /// <summary>The score below which it founds. Default: the gallery's.</summary>
    public double? FoundThreshold { get; init; }

    /// <summary>The lead over the second best that joining takes. Default: the gallery's.</summary>
    public double? Margin { get; init; }
}
