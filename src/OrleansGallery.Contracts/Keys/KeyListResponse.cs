namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>GET /v1/keys</c>.</summary>
public sealed record KeyListResponse
{
    /// <summary>The keys, in the order in which they were made.</summary>
    public required IReadOnlyList<KeyResponse> Keys { get; init; }
}
