namespace OrleansGallery.Retrieval;

/// <summary>
/// Why a row may be dropped: upper bounds of its canonical score from its codes alone, and the slack that makes them
/// true for the arithmetic that computes them, on any machine.
/// </summary>
/// <remarks>
/// <para><b>First stage.</b> Let x be a row and y a query, both of length at most 1 + t (<see cref="UnitVector"/>), B
/// the basis with |B B' - I| &lt;= e (<see cref="SearchBasis.Deviation"/>), and a, b the projections as float64
/// computed them. Products of float32 numbers are exact in float64, so by the argument of <see cref="DotSlack"/>, for
/// any order of summation, a = B x + da with |da| &lt;= p = g(D, 2^-53) |B|_F |x| (<see
/// cref="SearchBasis.ProjectionError"/>); b alike. With the residuals r = x - B'a and s = y - B'b,</para>
/// <para>x.y = (B'a + r).(B'b + s) = a'BB'b + (B r).b + a.(B s) + r.s</para>
/// <para>B r = B x - B B'a = -da - (B B' - I) a, so |B r| &lt;= p + e |a|, and |B s| &lt;= p + e |b|. Hence</para>
/// <para>x.y &lt;= a.b + |r| |s| + 3 e |a| |b| + p (|a| + |b|)</para>
/// <para>The codes are a^ = u c with integers c of at most 127 and a float32 scale u, b^ = v q alike. With the lengths
/// E = |a - a^| and F = |b - b^|,</para>
/// <para>a.b &lt;= a^.b^ + E |b| + |a^| F &lt;= u v (c.q) + E (|b| + F) + |a| F</para>
/// <para>since |a^| &lt;= |a| + E. |a| and |b| are below L = 1 + 2t + e. The residual's length follows by subtraction:
/// |r|^2 = |x|^2 - 2 a.(B x) + a'BB'a &lt;= |x|^2 - |a|^2 + 2 |a| p + e |a|^2. Stored E and |r| are rounded up to
/// float32.</para>
/// <para>The sum of integers c.q is exact: |c.q| &lt;= 127 * 127 * 512 &lt; 2^23, and so is its conversion to float32.
/// The bound is evaluated in float32 as ((n v) u + E (|b| + F)) + |r| |s| + K, in any order of its sums, with or
/// without fused operations. Each of its terms is at most 2 in size: three roundings of the first product, one of each
/// other and three sums of at most 8 err by less than (3 * 2 + 2 + 2 + 3 * 8) 2^-24 &lt; 2^-18, products below the
/// normal range included.</para>
/// <para><b>Second stage.</b> The same with B = I, exactly: nothing is projected, r = s = 0, e = p = 0. x^ = u c and y^
/// = v q, where q has as many bits as keep c.q within 32 (<see cref="MaxWideCode"/>), and x.y &lt;= u v (c.q) + E (|y|
/// + F) + |x| F, in float64, whose roundings are below 2^-45.</para>
/// <para>The canonical score is not x.y but within g(D, 2^-53) |x| |y| of it; both constants contain that.</para>
/// </remarks>
internal static class CascadeBounds
{
    /// <summary>The largest code of a row.</summary>
    public const int MaxCode = 127;

    /// <summary>Bounds L above: the length of a row, a query or a projection.</summary>
    public const double MaxLength = 1 + (2 * UnitVector.SquaredLengthTolerance) + SearchBasis.MaxDeviation;

    private const double FloatEvaluation = 1.0 / (1 << 18);
    private const double DoubleEvaluation = 1.0 / (1L << 45);

    /// <summary>The largest code of a query in the second stage: sums over D products fit an int.</summary>
    public static int MaxWideCode(int dimension) => Math.Min(short.MaxValue, int.MaxValue / (MaxCode * dimension));

    /// <summary>K of the first stage, rounded up.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="queryError">F, the length of what the query's codes are off by.</param>
    public static float ProjectedConstant(SearchBasis basis, double queryError) => Rounding.Up(
        (MaxLength * queryError)
        + (3 * basis.Deviation * MaxLength * MaxLength)
        + (2 * basis.ProjectionError * MaxLength)
        + Canonical(basis.Dimension)
        + FloatEvaluation);

    /// <summary>K of the second stage.</summary>
    /// <param name="dimension">D.</param>
    /// <param name="queryError">F.</param>
    public static double QuantizedConstant(int dimension, double queryError) =>
        (MaxLength * queryError) + Canonical(dimension) + DoubleEvaluation;

    /// <summary>|r| of a row or query, from its projection.</summary>
    /// <param name="basis">The basis.</param>
    /// <param name="squaredLength">|x|^2 in float64.</param>
    /// <param name="squaredProjection">|a|^2 in float64.</param>
    public static double Residual(SearchBasis basis, double squaredLength, double squaredProjection)
    {
        double length = Math.Sqrt(squaredProjection);
        // Both squares are sums of at most D terms of the same sign: relatively g(D + 2) off.
        double rounding = Rounding.Gamma(basis.Dimension + 2, Rounding.Double) * (squaredLength + squaredProjection);
        double square = squaredLength - squaredProjection + (2 * length * basis.ProjectionError)
            + (basis.Deviation * squaredProjection) + (2 * rounding);
        return Math.Sqrt(Math.Max(0, square)) * (1 + (4 * Rounding.Double));
    }

    /// <summary>A length from its computed square: not below the true one.</summary>
    /// <param name="square">A sum of squares in float64.</param>
    /// <param name="terms">How many.</param>
    public static double Length(double square, int terms) =>
        Math.Sqrt(square * (1 + Rounding.Gamma(terms + 8, Rounding.Double))) * (1 + (4 * Rounding.Double));

    private static double Canonical(int dimension) =>
        Rounding.Gamma(dimension, Rounding.Double) * MaxLength * MaxLength;
}
