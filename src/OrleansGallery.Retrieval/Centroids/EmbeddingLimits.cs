using System.Globalization;
using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The limits that make overflow of a running centroid impossible instead of dependent on the order of arrival:
/// 2^12 (component) x 2^30 (fixed point) x 2^20 (images) = 2^62, which fits an int64.
/// </summary>
public static class EmbeddingLimits
{
    /// <summary>The largest magnitude of a component.</summary>
    public const int MaxComponent = 4096;

    /// <summary>The most images of one identity, over all its facets.</summary>
    public const int MaxImages = 1 << 20;

    /// <summary>The binary digits behind the point of a sum.</summary>
    public const int FractionBits = 30;

    /// <summary>The smallest dimension of a gallery.</summary>
    public const int MinDimension = 1;

    /// <summary>
    /// The largest dimension of a gallery: four times the widest backbone's 2,048, so that concatenated embeddings fit,
    /// and small enough that a row (32 KiB) stays in a core's first caches.
    /// </summary>
    public const int MaxDimension = 8192;

    /// <summary>Throws unless the embedding may be added to an identity of this dimension.</summary>
    /// <param name="embedding">The components.</param>
    /// <param name="dimension">The gallery's dimension.</param>
    /// <exception cref="EmbeddingException">The dimension is another one, a component is NaN, infinite or too large,
    /// or all are zero.</exception>
    public static void Validate(ReadOnlySpan<float> embedding, int dimension)
    {
        if (embedding.Length != dimension || dimension == 0)
        {
            throw EmbeddingException.WrongDimension(embedding.Length, dimension);
        }

        // NaN if there is one, otherwise a component of the largest magnitude.
        float largest = TensorPrimitives.MaxMagnitude(embedding);
        if (!(Math.Abs(largest) is > 0 and <= MaxComponent))
        {
            throw Fault(embedding, largest);
        }
    }

    /// <summary>Throws unless a gallery may have this dimension.</summary>
    /// <param name="dimension">The number of components.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below <see cref="MinDimension"/> or above
    /// <see cref="MaxDimension"/>.</exception>
    public static void ValidateDimension(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, MinDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, MaxDimension);
    }

    private static EmbeddingException Fault(ReadOnlySpan<float> embedding, float largest)
    {
        if (largest == 0)
        {
            return new(EmbeddingFault.ZeroVector, $"All {embedding.Length} components of the embedding are zero.");
        }

        for (int i = 0; i < embedding.Length; i++)
        {
            if (!float.IsFinite(embedding[i]))
            {
                return new(EmbeddingFault.NotFinite,
                    $"Component {i} of the embedding is {Text(embedding[i])}; it must be finite.");
            }
        }

        return new(EmbeddingFault.ComponentTooLarge,
            $"A component of the embedding is {Text(largest)}; the largest magnitude is {MaxComponent}.");
    }

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
