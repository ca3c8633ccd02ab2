namespace OrleansGallery.Contracts;

/// <summary>A name and the identities whose ids are spellings of it: other bytes, the same text.</summary>
public sealed record SpelledName
{
    /// <summary>The name in Unicode's composed form (NFC).</summary>
    public required string Name { get; init; }

    /// <summary>The identities, at least two, by id.</summary>
    public required IReadOnlyList<IdentityListEntry> Identities { get; init; }
}
