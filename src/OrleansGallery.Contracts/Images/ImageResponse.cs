using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>One enrolled image.</summary>
public sealed record ImageResponse
{
    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }

    /// <summary>The facet; empty: none.</summary>
    public required string Facet { get; init; }

    /// <summary>SHA-256 (hex) of the file, or of the vector's little-endian float32 bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When the image was taken.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>What is kept of it to be looked at; <c>original</c>: a thumbnail, too.</summary>
    public PictureKeep Kept { get; init; }

    /// <summary>
    /// The stored embedding, where one image or vectors were asked for; read it back with round-trip precision.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }
}
