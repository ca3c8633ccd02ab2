using System.Numerics.Tensors;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Offline;

/// <summary>Ranks a set of vectors by their distance to queries, as the paper's inference script does.</summary>
public static class SimilarRanking
{
    private const double LeastCosineDistance = 1e-12;
    private const double LeastNorm = 1e-12;

    /// <summary>Ranks.</summary>
    /// <param name="gallery">What is searched.</param>
    /// <param name="queries">What is searched for.</param>
    /// <param name="distance">How two vectors are compared.</param>
    /// <param name="normalize">Whether all vectors are L2-normalised first.</param>
    /// <param name="top">How many per query at most; 0: all.</param>
    /// <returns>One result per query; of equal distances the lower row comes first.</returns>
    /// <exception cref="InvalidDataException">The two have other dimensions.</exception>
    public static IReadOnlyList<SimilarResult> Rank(
        EmbeddingSet gallery, EmbeddingSet queries, SimilarDistance distance, bool normalize, int top)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        if (gallery.Dimension != queries.Dimension)
        {
            throw new InvalidDataException(
                $"The gallery's vectors have {gallery.Dimension} dimensions, the queries' {queries.Dimension}: they "
                + "are of other models.");
        }

        double[][] rows = Vectors(gallery, normalize);
        double[][] asked = Vectors(queries, normalize);
        int count = top == 0 ? gallery.Count : Math.Min(top, gallery.Count);
        SimilarResult[] results = new SimilarResult[queries.Count];
        Parallel.For(0, results.Length, i => results[i] = RankOne(
            queries.Paths[i], gallery.Paths, [.. rows.Select(row => Distance(asked[i], row, distance))], count));
        return results;
    }

    private static SimilarResult RankOne(string query, IReadOnlyList<string> paths, double[] distances, int count)
    {
        int[] order = [.. Enumerable.Range(0, distances.Length)];
        Array.Sort(order, (a, b) => distances[a].CompareTo(distances[b]) is var sign and not 0 ? sign : a.CompareTo(b));
        int[] best = order[..count];
        return new SimilarResult
        {
            Query = query,
            Indices = best,
            Paths = [.. best.Select(row => paths[row])],
            Distances = [.. best.Select(row => distances[row])],
        };
    }

    private static double[][] Vectors(EmbeddingSet set, bool normalize)
    {
        double[][] vectors = new double[set.Count][];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = new double[set.Dimension];
            TensorPrimitives.ConvertChecked(set.Row(i), vectors[i]);
            if (normalize)
            {
                TensorPrimitives.Divide(
                    vectors[i], Math.Max(TensorPrimitives.Norm<double>(vectors[i]), LeastNorm), vectors[i]);
            }
        }

        return vectors;
    }

    private static double Distance(double[] a, double[] b, SimilarDistance distance)
    {
        if (distance == SimilarDistance.Euclidean)
        {
            double difference = TensorPrimitives.Distance<double>(a, b);
            return difference * difference;
        }

        double norms = Math.Max(TensorPrimitives.Norm<double>(a) * TensorPrimitives.Norm<double>(b), LeastNorm);
        return Math.Max(
            ShownRange.Distance(Math.Abs(1 - (TensorPrimitives.Dot<double>(a, b) / norms))), LeastCosineDistance);
    }
}
