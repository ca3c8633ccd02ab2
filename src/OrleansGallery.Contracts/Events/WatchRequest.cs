using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../events</c>: which events of a gallery to tell; all that is said must hold. Of
/// identities that are gone no more than the digest of the id is known: they are told where nothing is asked but
/// <see cref="Identity"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WatchRequest
{
    /// <summary>The position before everything.</summary>
    public const string Start = "start";

    /// <summary>Where to go on: the id of an event; <see cref="Start"/>: with all identities that are there. Default:
    /// with what changes from now on. A position does not say which history of the store it belongs to: after the store
    /// was put back to an earlier state, begin with <see cref="Start"/>. A position of a stream of one
    /// <see cref="Identity"/> holds for that identity only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }

    /// <summary>Only this identity.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Identity { get; init; }

    /// <summary>Only identities whose ids begin so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Prefix { get; init; }

    /// <summary>Only new identities. Default: false.</summary>
    public bool Founded { get; init; }

    /// <summary>Only identities with such attributes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchFilter? Filter { get; init; }

    /// <summary>A standing search: only identities that score <see cref="MinScore"/> or more against this query, of
    /// which only the examples are possible (<c>vector</c>, <c>identityId</c>, <c>imageId</c>, <c>positives</c>, which
    /// may be images, <c>negatives</c>). What is compared is an identity's centroid, as it is when the event is told,
    /// not the image that came in: an image that is near may leave the centroid too far away, and any change of an
    /// identity that is near tells it again. The query becomes a vector when a connection begins: of a stored identity
    /// or image it may be another one after a cut, and it is refused when they are gone; give the vector where that
    /// matters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchRequest? Query { get; init; }

    /// <summary>The least score, -1 to 1; with <see cref="Query"/> only. Default: the gallery's threshold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MinScore { get; init; }
}
