using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../identities/{id}:erase</c>: the identity, or one of its images, is gone for good.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EraseIdentityRequest
{
    /// <summary>Only this image. Default: the identity with all its images.</summary>
    public string? ImageId { get; init; }

    /// <summary>The caller's own id of this operation: sent again with it, nothing happens twice, and the receipt is
    /// the same. Default: a new one.</summary>
    public string? OperationId { get; init; }
}
