using OrleansGallery.Retrieval;

namespace OrleansGallery.Abstractions;

/// <summary>What two identities are to each other, from snapshots with dispersion.</summary>
public static class PairFigures
{
    /// <summary>The score of their centroids.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>-1 to 1; null: one has no direction.</returns>
    public static double? Score(IdentitySnapshot one, IdentitySnapshot other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Centroid is { } left && other.Centroid is { } right
            ? ShownRange.Score(CanonicalScore.Score(left.Components, right.Components))
            : null;
    }

    /// <summary>The dispersion of the images of both around the centroid that they would have as one. From the means of
    /// their unit vectors: the mean of 1 - cosine over images is 1 - mean x centroid.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>0 to 2; null: one has no direction, or they cancel out.</returns>
    public static double? MergedDispersion(IdentitySnapshot one, IdentitySnapshot other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Centroid is null || one.MeanImage is null || other.Centroid is null || other.MeanImage is null)
        {
            return null;
        }

        double[] sum = Add(
            one.Centroid.Value, one.Count * one.MeanLength, other.Centroid.Value, other.Count * other.MeanLength);
        double[] images = Add(one.MeanImage.Value, one.Count, other.MeanImage.Value, other.Count);
        double length = Math.Sqrt(sum.Sum(component => component * component));
        double along = sum.Zip(images, (direction, image) => direction * image).Sum();
        return length == 0 ? null : ShownRange.Distance(1 - (along / length / (one.Count + other.Count)));
    }

    /// <summary>The facets that both have; images without one have none.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>The facets, ordinal.</returns>
    public static IReadOnlyList<string> SharedFacets(IdentitySnapshot one, IdentitySnapshot other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return
        [
            .. one.Facets.Keys.Where(facet => facet.Length > 0 && other.Facets.ContainsKey(facet))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static double[] Add(VectorBytes one, double weight, VectorBytes other, double otherWeight)
    {
        double[] sum = new double[one.Dimension];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = (one.Components[i] * weight) + (other.Components[i] * otherWeight);
        }

        return sum;
    }
}
