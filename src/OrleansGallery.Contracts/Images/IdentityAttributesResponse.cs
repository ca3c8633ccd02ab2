using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>An identity's attributes after they were set.</summary>
public sealed record IdentityAttributesResponse
{
    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>The partition's sequence at which the identity last changed; as before, where nothing changed.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>This state as an entity tag, for <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>All its attributes.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
