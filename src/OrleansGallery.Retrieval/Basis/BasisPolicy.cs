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

    /// <summary>Whether to learn a basis now.</summary>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <param name="rows">The gallery's rows.</param>
    /// <param name="basis">The basis in force; null for none.</param>
    /// <param name="meanResidual">The mean squared residual of rows coded with it.</param>
    /// <returns>The answer.</returns>
    public static bool ShouldLearn(int dimension, long rows, SearchBasis? basis, double meanResidual)
    {
        if (rows < MinRows || BasisLearning.RankFor(dimension) == 0)
        {
            return false;
        }

        return basis is null
            || meanResidual > (basis.SampleResidual * DriftFactor) + DriftFloor
            || (basis.SampleRows < BasisLearning.SampleRows && rows >= basis.SampleRows * GrowthFactor);
    }
}
