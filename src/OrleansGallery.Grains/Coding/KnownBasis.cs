using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What the store has as a gallery's search basis.</summary>
/// <param name="Version">The stored version; 0: none.</param>
/// <param name="Basis">The basis; null: there is none, or it is damaged.</param>
/// <param name="Coding">How rows are coded; where a basis is damaged, still by the one before it.</param>
internal sealed record KnownBasis(long Version, SearchBasis? Basis, RowCoding? Coding);
