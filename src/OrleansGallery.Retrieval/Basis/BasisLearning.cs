using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// Learns a basis from a sample of a gallery's rows: the directions with the most energy (principal components, not
/// centred) by subspace iteration, mixed by a random rotation so that no component is much larger than the others and
/// int8 codes suit all of them.
/// </summary>
/// <remarks>
/// Halko, Martinsson and Tropp, "Finding Structure with Randomness", 2011, algorithm 4.4. An inexact subspace costs
/// speed, never an answer: <see cref="SearchBasis.Deviation"/> is measured afterwards.
/// </remarks>
public static class BasisLearning
{
    /// <summary>Rows that suffice for a sample.</summary>
    public const int SampleRows = 16 << 10;

    private const int Iterations = 4;

    /// <summary>
    /// The number of vectors for a dimension: a quarter of it, at most 256, and few enough that codes and bounds stay
    /// below a third of the rows.
    /// </summary>
    /// <param name="dimension">D.</param>
    /// <returns>A multiple of <see cref="SearchBasis.RankStep"/>; 0 where a first stage does not pay.</returns>
    public static int RankFor(int dimension)
    {
        const double boundBytes = 20;
        int fitting = (int)((0.33 * 4 * dimension) - dimension - boundBytes);
        int rank = Math.Min(Math.Min(dimension / 4, 256), fitting) / SearchBasis.RankStep * SearchBasis.RankStep;
        return rank < 16 ? 0 : rank;
    }

    /// <summary>Learns a basis.</summary>
    /// <param name="sample">[n, D], unit vectors, one after the other.</param>
    /// <param name="dimension">D.</param>
    /// <param name="version">The new basis' version.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The basis; null where <see cref="RankFor"/> is 0 or there are fewer rows than vectors.</returns>
    public static SearchBasis? Learn(
        ReadOnlyMemory<float> sample, int dimension, long version, CancellationToken cancellationToken)
    {
        int rank = RankFor(dimension);
        int rows = sample.Length / dimension;
        if (rank == 0 || rows < rank)
        {
            return null;
        }

        // The same sample gives the same basis.
        Random random = new(dimension);
        float[] basis = Orthonormal.Random(rank, dimension, random);
        for (int i = 0; i < Iterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] next = Multiply(sample.Span, basis, rank, dimension, cancellationToken);
            basis = Orthonormal.Of(next, rank, dimension, random);
        }

        float[] mixed = Orthonormal.Of(Rotate(basis, rank, dimension, random), rank, dimension, random);
        return new(version, dimension, mixed, rows, Residual(sample.Span, mixed, rank, dimension));
    }

    // [rank, D]: the basis times the sample's second moments.
    private static double[] Multiply(
        ReadOnlySpan<float> sample, float[] basis, int rank, int dimension, CancellationToken cancellationToken)
    {
        float[] product = new float[rank * dimension];
        for (int row = 0; row < sample.Length; row += dimension)
        {
            if (row % (1024 * dimension) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ReadOnlySpan<float> x = sample.Slice(row, dimension);
            for (int i = 0; i < rank; i++)
            {
                float along = TensorPrimitives.Dot(x, basis.AsSpan(i * dimension, dimension));
                Span<float> target = product.AsSpan(i * dimension, dimension);
                TensorPrimitives.MultiplyAdd(x, along, target, target);
            }
        }

        return Array.ConvertAll(product, value => (double)value);
    }

    private static double[] Rotate(float[] basis, int rank, int dimension, Random random)
    {
        float[] rotation = Orthonormal.Random(rank, rank, random);
        double[] rotated = new double[rank * dimension];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < rank; j++)
            {
                double share = rotation[(i * rank) + j];
                for (int k = 0; k < dimension; k++)
                {
                    rotated[(i * dimension) + k] += share * basis[(j * dimension) + k];
                }
            }
        }

        return rotated;
    }

    private static double Residual(ReadOnlySpan<float> sample, float[] basis, int rank, int dimension)
    {
        double left = 0;
        for (int row = 0; row < sample.Length; row += dimension)
        {
            ReadOnlySpan<float> x = sample.Slice(row, dimension);
            left += TensorPrimitives.SumOfSquares(x);
            for (int i = 0; i < rank; i++)
            {
                float along = TensorPrimitives.Dot(x, basis.AsSpan(i * dimension, dimension));
                left -= along * along;
            }
        }

        return Math.Clamp(left / (sample.Length / dimension), 0, 1);
    }
}
