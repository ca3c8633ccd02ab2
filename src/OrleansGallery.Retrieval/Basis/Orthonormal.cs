using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>Orthonormal vectors by modified Gram-Schmidt, done twice.</summary>
internal static class Orthonormal
{
    // A vector that loses this much of its length was made of the earlier ones; another takes its place.
    private const double Dependent = 1e-9;

    /// <summary>Random orthonormal vectors.</summary>
    /// <param name="count">How many, at most <paramref name="dimension"/>.</param>
    /// <param name="dimension">Components of each.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>[count, dimension].</returns>
    public static float[] Random(int count, int dimension, Random random)
    {
        double[] vectors = new double[count * dimension];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Normal(random);
        }

        return Of(vectors, count, dimension, random);
    }

    /// <summary>Makes vectors orthonormal, in order.</summary>
    /// <param name="vectors">[count, dimension]; overwritten.</param>
    /// <param name="count">How many.</param>
    /// <param name="dimension">Components of each.</param>
    /// <param name="random">Makes vectors for those that depend on others.</param>
    /// <returns>[count, dimension], rounded.</returns>
    public static float[] Of(double[] vectors, int count, int dimension, Random random)
    {
        for (int i = 0; i < count; i++)
        {
            Span<double> vector = vectors.AsSpan(i * dimension, dimension);
            while (!TryMake(vectors, i, vector))
            {
                foreach (ref double component in vector)
                {
                    component = Normal(random);
                }
            }
        }

        return Array.ConvertAll(vectors, value => (float)value);
    }

    private static bool TryMake(double[] vectors, int earlier, Span<double> vector)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            double before = TensorPrimitives.Norm<double>(vector);
            for (int j = 0; j < earlier; j++)
            {
                ReadOnlySpan<double> other = vectors.AsSpan(j * vector.Length, vector.Length);
                double along = TensorPrimitives.Dot(vector, other);
                TensorPrimitives.MultiplyAdd(other, -along, vector, vector);
            }

            double after = TensorPrimitives.Norm<double>(vector);
            if (!(after > before * Dependent))
            {
                return false;
            }

            TensorPrimitives.Divide(vector, after, vector);
        }

        return true;
    }

    // Box and Muller.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
