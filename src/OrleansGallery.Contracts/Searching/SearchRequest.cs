using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../search</c>: a vector, a stored image, an identity, or several examples (multipart:
/// <c>file</c> and <c>negativeFile</c>, both as often as needed).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchRequest
{
    /// <summary>How many examples a query is made of at most, positive and negative ones together.</summary>
    public const int MaxExamples = 32;

    /// <summary>The query embedding, as an array or as base64 of little-endian float32.</summary>
    [JsonConverter(typeof(VectorJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }

    /// <summary>With <see cref="IdentityId"/>: the stored image whose embedding is the query.</summary>
    public string? ImageId { get; init; }

    /// <summary>The identity whose centroid is the query, or which holds the image <see cref="ImageId"/>.</summary>
    public string? IdentityId { get; init; }

    /// <summary>
    /// Several examples of what is searched for, instead of one query. The query is then
    /// <c>mean(positives) - negativeWeight * mean(negatives)</c>, every example at length 1, and the result again. With
    /// <see cref="Negatives"/> 1 to <see cref="MaxExamples"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QueryExample>? Positives { get; init; }

    /// <summary>Examples of what is not meant; with <see cref="Positives"/> only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QueryExample>? Negatives { get; init; }

    /// <summary>How much the mean of <see cref="Negatives"/> counts, 0 to 1. Default: 0.5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? NegativeWeight { get; init; }

    /// <summary>How many matches at most, 1 to 1,000. Default: 10.</summary>
    public int? Top { get; init; }

    /// <summary>
    /// Identities are compared without their images of this facet (<c>""</c>: without those that have none), and are no
    /// match where they have no others: how a query of a camera is to be searched among images of other cameras.
    /// Default: all images count.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExcludeFacet { get; init; }

    /// <summary>Which identities can be matches. Default: all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchFilter? Filter { get; init; }

    /// <summary>Replaces the gallery's threshold for this search.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether the answer has the query's embedding, to search with it again. Default: false.</summary>
    public bool IncludeVector { get; init; }

    /// <summary>Whether a partial answer is an error. Default: false.</summary>
    public bool RequireComplete { get; init; }
}
