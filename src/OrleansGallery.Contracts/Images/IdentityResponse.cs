using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>One identity, as <c>GET .../identities/{id}</c> answers.</summary>
public sealed record IdentityResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>The partition's sequence at which the identity last changed.</summary>
    public required long Version { get; init; }

    /// <summary>This state as an entity tag, for <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Its images.</summary>
    public required long Count { get; init; }

    /// <summary>Images per facet; an image without a facet counts under the empty name.</summary>
    public required IReadOnlyDictionary<string, long> Facets { get; init; }

    /// <summary>
    /// Mean of 1 - cosine(embedding, centroid) over at most 1,000 images in the order of their ids, 0..2.
    /// </summary>
    public required double? Dispersion { get; init; }

    /// <summary>Whether searches can find it: false where the images cancel to a zero sum.</summary>
    public required bool Searchable { get; init; }

    /// <summary>The unit-norm centroid, where it was asked for and there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }

    /// <summary>Lower-case hex of the identity hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Free key-value pairs of the application; the hash does not cover them.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
