namespace OrleansGallery.Retrieval;

/// <summary>When a gallery learns a basis, and when another.</summary>
public static class BasisPolicy
{
    /// <summary>Below this many rows a flat scan is fast enough.</summary>
    public const long MinRows = 4096;

    // So much more than the sample left, and the first stage lets clearly more rows pass.
    private const double DriftFactor = 1.25;
    private const double DriftFloor = 0.02;

    // A basis from few rows is learned anew when there are many.
    private const long GrowthFactor = 8;

    // Fewer rows than this for each vector are fitted, not sampled: the next ones would seem to drift.
    private const int RowsPerVector = 4;

    /// <summary>Whether to learn a basis now.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="rows">The gallery's rows.</param>
    /// <param name="rowsAtHand">Those of them that a sample can be taken of.</param>
    /// <param name="basis">The basis in force; null for none.</param>
    /// <param name="meanResidual">The mean squared residual of rows coded with it.</param>
    /// <param name="minRows">Below this many rows none is learned.</param>
    /// <returns>The answer.</returns>
    public static bool ShouldLearn(
        int dimension, long rows, long rowsAtHand, SearchBasis? basis, double meanResidual, long minRows = MinRows)
    {
        int rank = BasisLearning.RankFor(dimension);
        if (rows < minRows || rank == 0 || rowsAtHand < RowsPerVector * rank)
        {
            return false;
        }

        return basis is null
            || meanResidual > (basis.SampleResidual * DriftFactor) + DriftFloor
            || (basis.SampleRows < BasisLearning.SampleRows && rowsAtHand >= basis.SampleRows * GrowthFactor);
    }
}
