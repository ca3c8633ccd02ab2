namespace OrleansGallery.Abstractions;

/// <summary>A page of identities.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityPage")]
public sealed record IdentityPage
{
    /// <summary>The page.</summary>
    [Id(0)]
    public required IReadOnlyList<IdentityEntry> Identities { get; init; }

    /// <summary>The next page's cursor; null at the end.</summary>
    [Id(1)]
    public string? Next { get; init; }
}
