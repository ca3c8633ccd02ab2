namespace OrleansGallery.Retrieval;

/// <summary>How a table's rows are coded: int8 of the whole row, and int8 of its projection where there is a
/// basis.</summary>
public sealed class RowCoding
{
    /// <summary>
    /// Below this dimension codes and bounds would be a third of the rows or more, and nothing is gained.
    /// </summary>
    public const int MinDimension = 32;

    /// <summary>A coding.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="basis">The basis; null for the second stage only.</param>
    /// <exception cref="ArgumentException">The basis is of another dimension.</exception>
    public RowCoding(int dimension, SearchBasis? basis)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, MinDimension);
        EmbeddingLimits.ValidateDimension(dimension);
        if (basis is not null && basis.Dimension != dimension)
        {
            throw new ArgumentException($"The basis has {basis.Dimension} dimensions; the rows have {dimension}.");
        }

        (Dimension, Basis) = (dimension, basis);
    }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>The first stage's basis; null for none.</summary>
    public SearchBasis? Basis { get; }

    /// <summary>d, the number of the projection's components; 0 without a basis.</summary>
    public int Rank => Basis?.Rank ?? 0;
}
