namespace OrleansGallery.Retrieval;

/// <summary>
/// How far a row's canonical score can lie above its dot product in float32: what a scan adds to the fast product to
/// get an upper bound of the score.
/// </summary>
/// <remarks>
/// <para>Let s = sum x_i y_i be exact, u = 2^-24, and let the float32 sum be taken in <b>any</b> order, with any number
/// of accumulators, with or without fused multiply-add (machines differ in all three). Every product takes part in at
/// most D rounding operations (its own and D - 1 additions), each a factor (1 + d), |d| &lt;= u. Hence (Higham,
/// Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1)</para>
/// <para>|fl(s) - s| &lt;= g(D, u) sum |x_i y_i| &lt;= g(D, u) |x| |y|, with g(n, u) = n u / (1 - n u)</para>
/// <para>by Cauchy-Schwarz. Rows and queries pass <see cref="UnitVector.IsUnit"/>, whose own rounding is far below its
/// tolerance t, so |x| |y| &lt;= 1 + 2t. A product below float32's normal range errs by at most 2^-150 instead; D of
/// them by less than D 2^-149 (additions in that range are exact). The canonical score differs from s by at most g(D,
/// 2^-53) |x| |y| by the same argument. The sum of the three is computed in float64 from a handful of operations, and
/// so is the bound itself: a relative 2^-40 of the slack plus an absolute 2^-50 (several ulps of a score) covers their
/// rounding.</para>
/// </remarks>
internal static class DotSlack
{
    /// <summary>The slack for vectors of a dimension.</summary>
    /// <param name="dimension">At most <see cref="EmbeddingLimits.MaxDimension"/>, so that D u is far below 1.</param>
    public static double For(int dimension)
    {
        double lengths = 1 + (2 * UnitVector.SquaredLengthTolerance);
        double fast = Rounding.Gamma(dimension, Rounding.Single) * lengths;
        double canonical = Rounding.Gamma(dimension, Rounding.Double) * lengths;
        double underflow = dimension * Math.ScaleB(1, -149);
        return ((fast + canonical + underflow) * (1 + Math.ScaleB(1, -40))) + Math.ScaleB(1, -50);
    }
}
