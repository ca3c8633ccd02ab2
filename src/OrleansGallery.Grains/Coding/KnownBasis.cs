using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>A gallery's search basis as the store has it, and how rows are coded.</summary>
/// <param name="Version">The stored version; 0: none.</param>
/// <param name="Basis">The basis; null: there is none, or it is damaged.</param>
/// <param name="Coding">How rows are coded; where a basis is damaged, still by the one before it.</param>
internal sealed record KnownBasis(long Version, SearchBasis? Basis, RowCoding? Coding)
{
    /// <summary>That of a gallery that has none.</summary>
    public static KnownBasis None { get; } = new(0, null, null);
}
