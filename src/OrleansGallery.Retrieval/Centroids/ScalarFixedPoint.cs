namespace OrleansGallery.Retrieval;

/// <summary>
/// The definition of the fixed point numbers that running centroids sum, as plain as it can be said: the oracle that
/// <see cref="FixedPoint"/> is tested against.
/// </summary>
internal static class ScalarFixedPoint
{
    /// <summary>The value x 2^30, rounded half to even.</summary>
    /// <param name="value">At most <see cref="EmbeddingLimits.MaxComponent"/> in magnitude.</param>
    public static long FromSingle(float value)
    {
        // Exact: a float32 has 24 significant bits, and a power of two only moves the exponent.
        double scaled = (double)value * (1L << EmbeddingLimits.FractionBits);
        return (long)Math.Round(scaled, MidpointRounding.ToEven);
    }

    /// <summary>Adds an embedding to a sum.</summary>
    /// <param name="embedding">D components.</param>
    /// <param name="sum">D fixed point numbers.</param>
    public static void Add(ReadOnlySpan<float> embedding, Span<long> sum)
    {
        for (int i = 0; i < embedding.Length; i++)
        {
            sum[i] += FromSingle(embedding[i]);
        }
    }
}
