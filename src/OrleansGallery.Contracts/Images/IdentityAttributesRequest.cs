using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>PATCH .../identities/{id}</c>, a merge patch (RFC 7396), and of
/// <c>PUT .../identities/{id}/attributes</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record IdentityAttributesRequest
{
    /// <summary>Keys with their texts: at most 32 keys of 1 to 64 characters, texts of at most 256, together at most
    /// 4,096 UTF-8 bytes. In a PATCH null takes a key away, and keys that are not named stay; a PUT sets all.</summary>
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}
