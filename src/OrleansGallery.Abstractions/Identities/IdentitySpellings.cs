namespace OrleansGallery.Abstractions;

/// <summary>Identities whose ids are spellings of one name: other bytes, the same text.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentitySpellings")]
public sealed record IdentitySpellings
{
    /// <summary>The most names that are found at once.</summary>
    public const int MaxNames = 1_000;

    /// <summary>The name in Unicode's composed form.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The identities, at least two, by id.</summary>
    [Id(1)]
    public required IReadOnlyList<IdentityEntry> Identities { get; init; }
}
