using System.Buffers;

namespace OrleansGallery.Retrieval;

/// <summary>The unit vector of a query. A query is normalised once, where it enters.</summary>
public static class QueryVector
{
    /// <summary>Normalises an embedding in float64 and rounds the result to float32.</summary>
    /// <param name="embedding">The query's embedding; its length is checked against the tables by the scan.</param>
    /// <returns>A vector of length 1.</returns>
    /// <exception cref="EmbeddingException">A component is NaN, infinite or too large, all are zero, or there are none
    /// or more than <see cref="EmbeddingLimits.MaxDimension"/>.</exception>
    public static float[] Normalize(ReadOnlySpan<float> embedding)
    {
        float[] unit = new float[embedding.Length];
        Normalize(embedding, unit);
        return unit;
    }

    /// <summary>Normalises an embedding into a buffer of the caller's.</summary>
    /// <param name="embedding">The query's embedding.</param>
    /// <param name="unit">As many components; may be the embedding itself.</param>
    /// <exception cref="EmbeddingException">As of the other overload; nothing was written.</exception>
    public static void Normalize(ReadOnlySpan<float> embedding, Span<float> unit)
    {
        EmbeddingLimits.Validate(embedding, Math.Clamp(embedding.Length, 1, EmbeddingLimits.MaxDimension));
        double[] rented = ArrayPool<double>.Shared.Rent(embedding.Length);
        try
        {
            Span<double> wide = rented.AsSpan(0, embedding.Length);
            for (int i = 0; i < wide.Length; i++)
            {
                wide[i] = embedding[i];
            }

            // The square of the smallest float32, 2^-298, is far above float64's smallest: a length cannot vanish.
            UnitVector.TryNormalize(wide, unit);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
