using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../identities/{id}:rename</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RenameIdentityRequest
{
    /// <summary>The new id, which no identity has.</summary>
    public string? To { get; init; }

    /// <summary>The caller's own id of this operation: sent again with it, nothing happens twice, and the receipt is
    /// the same. Default: a new one.</summary>
    public string? OperationId { get; init; }
}
