using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// A nearly orthonormal basis of the few directions in which a gallery's centroids differ most: what the first stage of
/// a search projects rows and queries on. Any basis gives right answers; a good one lets few rows pass.
/// </summary>
public sealed class SearchBasis
{
    /// <summary>How far from orthonormal a basis may be, as <see cref="Deviation"/> measures it.</summary>
    public const double MaxDeviation = 1e-3;

    private readonly float[] _values;
    private readonly double[] _wide;

    /// <summary>Takes a basis.</summary>
    /// <param name="version">The gallery's count of bases; a later one replaces an earlier one.</param>
    /// <param name="dimension">D, the gallery's dimension.</param>
    /// <param name="values">[d, D], a vector after the other; not copied.</param>
    /// <param name="sampleRows">The rows it was learned from.</param>
    /// <param name="sampleResidual">The mean squared length of what it leaves of those rows, 0 to 1.</param>
    /// <exception cref="ArgumentException">The vectors are not finite, too many, or not orthonormal.</exception>
    public SearchBasis(long version, int dimension, float[] values, long sampleRows, double sampleResidual)
    {
        ArgumentNullException.ThrowIfNull(values);
        EmbeddingLimits.ValidateDimension(dimension);
        if (values.Length == 0 || values.Length % dimension != 0
            || values.Length / dimension > Math.Min(dimension, MaxRank)
            || values.Length / dimension % RankStep != 0)
        {
            throw new ArgumentException(
                $"{values.Length} numbers are no basis of {dimension} dimensions: it has a multiple of {RankStep} "
                + $"vectors, at most {Math.Min(dimension, MaxRank)}.",
                nameof(values));
        }

        (Version, Dimension, Rank) = (version, dimension, values.Length / dimension);
        (SampleRows, SampleResidual) = (sampleRows, sampleResidual);
        _values = values;
        _wide = new double[values.Length];
        TensorPrimitives.ConvertTruncating<float, double>(values, _wide);
        Deviation = MeasureDeviation();
        if (!(Deviation <= MaxDeviation))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The basis is {Deviation:g3} from orthonormal; {MaxDeviation:g3} is allowed."),
                nameof(values));
        }
    }

    /// <summary>The most vectors of a basis: integer sums over them stay exact in float32.</summary>
    public const int MaxRank = 512;

    /// <summary>The number of vectors is a multiple of this.</summary>
    public const int RankStep = 4;

    /// <summary>The gallery's count of bases.</summary>
    public long Version { get; }

    /// <summary>D, the number of components of a row.</summary>
    public int Dimension { get; }

    /// <summary>d, the number of vectors.</summary>
    public int Rank { get; }

    /// <summary>The rows it was learned from.</summary>
    public long SampleRows { get; }

    /// <summary>The mean squared length of what it left of those rows.</summary>
    public double SampleResidual { get; }

    /// <summary>[d, D], a vector after the other.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>An upper bound of |B B' - I| in the spectral norm.</summary>
    public double Deviation { get; }

    /// <summary>
    /// An upper bound of the length of a projection's rounding error: see <see cref="CascadeBounds"/>.
    /// </summary>
    internal double ProjectionError => Rounding.Gamma(Dimension, Rounding.Double) * Math.Sqrt(Rank)
        * (1 + MaxDeviation) * (1 + (2 * UnitVector.SquaredLengthTolerance));

    /// <summary>B x, computed in float64 from exact products.</summary>
    /// <param name="row">[D].</param>
    /// <param name="wideRow">[D], scratch.</param>
    /// <param name="projection">[d].</param>
    internal void Project(ReadOnlySpan<float> row, Span<double> wideRow, Span<double> projection)
    {
        TensorPrimitives.ConvertTruncating(row, wideRow);
        for (int i = 0; i < Rank; i++)
        {
            projection[i] = TensorPrimitives.Dot(wideRow, _wide.AsSpan(i * Dimension, Dimension));
        }
    }

    // The Frobenius norm is above the spectral one; the second term covers the rounding of the products and their sum.
    private double MeasureDeviation()
    {
        double squares = 0;
        for (int i = 0; i < Rank; i++)
        {
            ReadOnlySpan<double> left = _wide.AsSpan(i * Dimension, Dimension);
            for (int j = 0; j <= i; j++)
            {
                double dot = TensorPrimitives.Dot(left, _wide.AsSpan(j * Dimension, Dimension));
                double off = i == j ? dot - 1 : dot;
                squares += i == j ? off * off : 2 * off * off;
            }
        }

        return (Math.Sqrt(squares) * (1 + 1e-9)) + (2 * Rank * Rounding.Gamma(Dimension, Rounding.Double));
    }
}
