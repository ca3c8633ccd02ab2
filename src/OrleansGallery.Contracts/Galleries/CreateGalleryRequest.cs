using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Body of <c>POST /v1/galleries</c>: the settings, and what fixes the gallery's shape.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateGalleryRequest : GallerySettings
{
    /// <summary>1 to 256 UTF-8 bytes, no control characters, no <c>/</c>, not <c>.</c> or <c>..</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Components of an embedding. Default: the model's dimension; required without a model.</summary>
    public int? Dimension { get; init; }

    /// <summary>Partitions, fixed for the gallery's life. Default: 64.</summary>
    public int? Partitions { get; init; }
}
