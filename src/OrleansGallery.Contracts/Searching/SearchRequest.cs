using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../search</c>: a vector, a stored image or an identity (multipart:
/// <c>file</c>).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchRequest
{
    /// <summary>The query embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }

    /// <summary>With <see cref="IdentityId"/>: the stored image whose embedding is the query.</summary>
    public string? ImageId { get; init; }

    /// <summary>The identity whose centroid is the query, or which holds the image <see cref="ImageId"/>.</summary>
    public string? IdentityId { get; init; }

    /// <summary>How many matches at most, 1 to 1,000. Default: 10.</summary>
    public int? Top { get; init; }

    /// <summary>
    /// Identities are compared without their images of this facet (<c>""</c>: without those that have none), and are no
    /// match where they have no others: how a query of a camera is to be searched among images of other cameras.
    /// Default: all images count.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExcludeFacet { get; init; }

    /// <summary>Replaces the gallery's threshold for this search.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether the answer has the query's embedding, to search with it again. Default: false.</summary>
    public bool IncludeVector { get; init; }

    /// <summary>Whether a partial answer is an error. Default: false.</summary>
    public bool RequireComplete { get; init; }
}
