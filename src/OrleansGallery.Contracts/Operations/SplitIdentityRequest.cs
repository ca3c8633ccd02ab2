using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../identities/{id}:split</c>: some of the identity's images become a new one.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SplitIdentityRequest
{
    /// <summary>Which images, 1 to 10,000, each once; not all.</summary>
    public IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>The new identity's id, which no identity has. Default: the identity's own, <c>-</c> and eight digits
    /// that follow from the operation's id.</summary>
    public string? To { get; init; }

    /// <summary>The caller's own id of this operation: sent again with it, nothing happens twice, and the receipt is
    /// the same. Default: a new one.</summary>
    public string? OperationId { get; init; }
}
