using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// Explains a centroid by its images, from the exact sum S: the centroid of the others is S - x, normalised, and the
/// score of a query q is q S / |S|, the sum over the images of q x / |S|. Not thread-safe.
/// </summary>
public sealed class ImageShares
{
    private readonly long[] _sum;
    private readonly long[] _fixed;
    private readonly double[] _mean;
    private readonly float[] _unit;
    private readonly float[] _others;
    private readonly long _count;
    private readonly float[]? _compared;
    private readonly double _length;

    /// <summary>Begins to explain.</summary>
    /// <param name="identity">The identity's exact state; it must not change meanwhile.</param>
    /// <param name="compared">What is compared with the centroid, a unit vector; null: the centroid itself.</param>
    public ImageShares(IdentityCentroid identity, float[]? compared)
    {
        ArgumentNullException.ThrowIfNull(identity);
        int dimension = identity.Dimension;
        (_sum, _fixed, _mean) = (new long[dimension], new long[dimension], new double[dimension]);
        (_unit, _others, _count) = (new float[dimension], new float[dimension], identity.Count);
        foreach (FacetCount facet in identity.Facets)
        {
            TensorPrimitives.Add(_sum, identity.Find(facet.Facet)!.Sum, _sum);
        }

        _length = Math.Sqrt(_sum.Sum(component => (double)component * component));
        HasDirection = identity.TryGetCentroid(_unit);
        _compared = HasDirection ? compared ?? _unit : null;
        Score = _compared is null ? null : CanonicalScore.Score(_compared, _unit);
    }

    /// <summary>Whether the identity has a centroid to compare with.</summary>
    public bool HasDirection { get; }

    /// <summary>The score that the contributions add up to, but for the rounding of the centroid to float32; null: the
    /// identity has no direction.</summary>
    public double? Score { get; }

    /// <summary>What one of the identity's images is to it.</summary>
    /// <param name="embedding">Its embedding, as it was summed.</param>
    /// <returns>Its share.</returns>
    public ImageShare Of(ReadOnlySpan<float> embedding)
    {
        float[] image = QueryVector.Normalize(embedding);
        FixedPoint.Convert(embedding, _fixed);
        double dot = 0;
        for (int i = 0; i < _mean.Length; i++)
        {
            dot += (double)_fixed[i] * (_compared?[i] ?? 0);
            _mean[i] = (double)(_sum[i] - _fixed[i]) / Math.Max(_count - 1, 1) / (1L << EmbeddingLimits.FractionBits);
        }

        return new ImageShare(
            HasDirection ? CanonicalScore.Score(image, _unit) : null,
            _count > 1 && UnitVector.TryNormalize(_mean, _others) ? CanonicalScore.Score(image, _others) : null,
            HasDirection ? dot / _length : null,
            _compared is null ? null : CanonicalScore.Score(image, _compared));
    }
}
