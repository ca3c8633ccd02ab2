using System.Buffers;

namespace OrleansGallery.Retrieval;

/// <summary>One query of several examples: what the positive ones have in common, away from the negative
/// ones.</summary>
public static class QueryMean
{
    /// <summary>
    /// A shorter result has no direction: what float32 cannot tell from zero. Examples that cancel leave the rounding
    /// of their components, some 1e-8, and any direction that has would be noise.
    /// </summary>
    public const double LeastLength = 1e-6;

    /// <summary>
    /// Computes <c>mean(positives) - weight * mean(negatives)</c> and normalises it, in float64 throughout. Every
    /// example counts at length 1: the lengths of raw embeddings say nothing of whom they show.
    /// </summary>
    /// <param name="positives">At least one.</param>
    /// <param name="negatives">Any number, of the same length.</param>
    /// <param name="weight">What the mean of the negative ones counts.</param>
    /// <returns>A vector of length 1; null: the examples cancel, and leave no direction.</returns>
    /// <exception cref="EmbeddingException">An example is no embedding, or has another length than the first.
    /// </exception>
    public static float[]? Combine(
        IReadOnlyList<float[]> positives, IReadOnlyList<float[]> negatives, double weight)
    {
        ArgumentNullException.ThrowIfNull(positives);
        ArgumentNullException.ThrowIfNull(negatives);
        ArgumentOutOfRangeException.ThrowIfZero(positives.Count, nameof(positives));
        int dimension = positives[0].Length;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * dimension);
        try
        {
            Span<double> sum = rented.AsSpan(0, dimension);
            Span<double> example = rented.AsSpan(dimension, dimension);
            sum.Clear();
            Add(positives, 1.0 / positives.Count, sum, example);
            Add(negatives, -weight / Math.Max(negatives.Count, 1), sum, example);
            float[] unit = new float[dimension];
            return Math.Sqrt(UnitVector.SquaredLength(sum)) >= LeastLength && UnitVector.TryNormalize(sum, unit)
                ? unit
                : null;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static void Add(IReadOnlyList<float[]> examples, double share, Span<double> sum, Span<double> wide)
    {
        foreach (float[] example in examples)
        {
            EmbeddingLimits.Validate(example, Math.Clamp(sum.Length, 1, EmbeddingLimits.MaxDimension));
            for (int i = 0; i < wide.Length; i++)
            {
                wide[i] = example[i];
            }

            double scale = share / Math.Sqrt(UnitVector.SquaredLength(wide));
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += wide[i] * scale;
            }
        }
    }
}
