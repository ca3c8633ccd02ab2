namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>GET /v1/keys:own</c>: what the caller may do.</summary>
public sealed record OwnKeyResponse
{
    /// <summary>Whether the service asks for no keys, so that everybody who reaches it may do everything.</summary>
    public required bool Open { get; init; }

    /// <summary>The key that came with the request, without itself; null where the service is
    /// <see cref="Open"/>.</summary>
    public KeyResponse? Key { get; init; }
}
