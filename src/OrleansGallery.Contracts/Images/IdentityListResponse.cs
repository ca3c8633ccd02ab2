namespace OrleansGallery.Contracts;

/// <summary>A page of identities, ordered by partition, then by id.</summary>
public sealed record IdentityListResponse
{
    /// <summary>The page.</summary>
    public required IReadOnlyList<IdentityListEntry> Identities { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }
}
