using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>JSON body of <c>POST .../operations/{id}:undo</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UndoOperationRequest
{
    /// <summary>The caller's own id of the undoing: sent again with it, nothing happens twice, and the receipt is the
    /// same. Default: a new one.</summary>
    public string? OperationId { get; init; }
}
