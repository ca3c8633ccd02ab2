namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>GET .../observations</c>: one page.</summary>
public sealed record ObservedIdentityListResponse
{
    /// <summary>The identities, by id.</summary>
    public required IReadOnlyList<ObservedIdentity> Identities { get; init; }

    /// <summary>The next page's cursor; null: this is the last.</summary>
    public string? Next { get; init; }
}
