using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../identities/{id}:merge</c>: the identity's images become another one's.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MergeIdentityRequest
{
    /// <summary>The identity that gets all images; this one is gone afterwards.</summary>
    public string? Into { get; init; }

    /// <summary>The caller's own id of this operation: sent again with it, nothing happens twice, and the receipt is
    /// the same. Default: a new one.</summary>
    public string? OperationId { get; init; }
}
