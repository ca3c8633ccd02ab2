namespace OrleansGallery.Contracts;

/// <summary>Names that more than one identity has, spelled otherwise. Nobody merges them but whoever asks for it.
/// </summary>
public sealed record SpellingsResponse
{
    /// <summary>The names, at most 1,000.</summary>
    public required IReadOnlyList<SpelledName> Names { get; init; }
}
