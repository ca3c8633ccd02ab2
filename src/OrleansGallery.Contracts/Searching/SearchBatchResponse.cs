namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>POST .../search:batch</c>.</summary>
public sealed record SearchBatchResponse
{
    /// <summary>One result per search, in the order of the request.</summary>
    public required IReadOnlyList<SearchBatchResult> Results { get; init; }
}
