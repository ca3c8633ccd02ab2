namespace OrleansGallery.Retrieval;

/// <summary>Identity ids of numbered rows, in another order than the rows: ties by id are no ties by number.</summary>
public static class RowIds
{
    // Odd, so that no two rows share an id (Knuth's multiplicative hash).
    private const uint Multiplier = 2654435761;

    /// <summary>The id of a row.</summary>
    /// <param name="row">From 0.</param>
    public static string Of(int row) => unchecked((uint)row * Multiplier).ToString("x8");
}
