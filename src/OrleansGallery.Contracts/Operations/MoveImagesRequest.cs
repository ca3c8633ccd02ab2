using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../identities/{id}/images:move</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveImagesRequest
{
    /// <summary>The identity that gets them.</summary>
    public string? To { get; init; }

    /// <summary>Which images, 1 to 10,000, each once. Where they are all, the identity is gone afterwards.</summary>
    public IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>The caller's own id of this operation: sent again with it, nothing happens twice, and the receipt is
    /// the same. Default: a new one.</summary>
    public string? OperationId { get; init; }
}
