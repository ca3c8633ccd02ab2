namespace OrleansGallery.Contracts;

/// <summary>Names that more than one identity has, spelled otherwise. Nobody merges them but whoever asks for it.
/// </summary>
public sealed record SpellingsResponse
{
    /// <summary>The names, at most 1,000.</summary>
    public required IReadOnlyList<SpelledName> Names { get; init; }

    /// <summary>Whether there are more: merge some of these, and ask again.</summary>
    public bool Truncated { get; init; }
}
