namespace OrleansGallery.Contracts;

/// <summary>What an operation over two identities did.</summary>
public sealed record OperationResponse
{
    /// <summary>The operation's id.</summary>
    public required string OperationId { get; init; }

    /// <summary>How many images it moved.</summary>
    public required long ImagesMoved { get; init; }

    /// <summary>The identity that gave them.</summary>
    public required OperationSideResponse Source { get; init; }

    /// <summary>The identity that got them.</summary>
    public required OperationSideResponse Target { get; init; }

    /// <summary>The operation that it undid; null: none.</summary>
    public string? Undone { get; init; }
}
