namespace OrleansGallery.Abstractions;

/// <summary>An operation that is to be undone.</summary>
[GenerateSerializer, Immutable, Alias("gallery.UndoRequest")]
public sealed record UndoRequest
{
    /// <summary>The id of the undoing itself: the caller's own, so that he may ask again.</summary>
    [Id(0)]
    public required string OperationId { get; init; }

    /// <summary>The operation to undo.</summary>
    [Id(1)]
    public required string UndoneId { get; init; }
}
