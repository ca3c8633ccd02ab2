using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>The protocol as the specification words it, slowly and without the code under test.</summary>
internal sealed class EvaluationOracle(EvaluationCase evaluated, EvaluationOptions options)
{
    private readonly IReadOnlyList<(float[] Embedding, long Label, long Facet)> _rows = evaluated.Rows;

    /// <summary>One ranked list per query that has something to find: (query, [(distance, is correct)]).</summary>
    public List<(int Query, List<(double Distance, bool Correct)> Ranked)> Rank(bool centroids, bool kept)
    {
        List<(long Label, HashSet<long> Facets, double[] Vector)> items = centroids ? Centroids(kept) : Instances(kept);
        List<(int, List<(double, bool)>)> lists = [];
        for (int query = 0; query < evaluated.Queries; query++)
        {
            (float[] embedding, long label, long facet) = _rows[query];
            double[] vector = Compared([.. embedding.Select(component => (double)component)]);
            List<(double Distance, bool Correct)> ranked = [.. items
                .Where(item => item.Label != label || !item.Facets.Contains(facet))
                .Select(item => (Distance(vector, item.Vector), item.Label == label))
                .OrderBy(item => item.Item1)];
            if (ranked.Exists(item => item.Correct))
            {
                lists.Add((query, ranked));
            }
        }

        return lists;
    }

    public int Count(bool centroids, bool kept) => (centroids ? Centroids(kept) : Instances(kept)).Count;

    public static double AveragePrecision(List<(double Distance, bool Correct)> ranked)
    {
        double sum = 0;
        for (int i = 0; i < ranked.Count; i++)
        {
            if (ranked[i].Correct)
            {
                sum += (double)ranked.Take(i + 1).Count(item => item.Correct) / (i + 1);
            }
        }

        return sum / ranked.Count(item => item.Correct);
    }

    public static double InverseNegativePenalty(List<(double Distance, bool Correct)> ranked) =>
        (double)ranked.Count(item => item.Correct) / (ranked.FindLastIndex(item => item.Correct) + 1);

    /// <summary>Misses at the largest threshold below which at most a share of the nearest wrong items is.</summary>
    public static double FalseNegativeShare(List<List<(double Distance, bool Correct)>> lists, double share)
    {
        double[] impostors = [.. lists.Select(list =>
            list.Where(item => !item.Correct).Select(item => item.Distance)
                .DefaultIfEmpty(double.PositiveInfinity).Min())];
        double threshold = impostors.Where(t => impostors.Count(i => i < t) <= share * impostors.Length).Max();
        return lists.Average(list => list[0].Correct && list[0].Distance < threshold ? 0.0 : 1.0);
    }

    private List<(long Label, HashSet<long> Facets, double[] Vector)> Instances(bool kept) =>
        [.. Gallery().Where(row => kept || IsQueried(row.Label)).Select(row =>
            (row.Label, new HashSet<long> { row.Facet }, Compared([.. row.Embedding.Select(x => (double)x)])))];

    private List<(long Label, HashSet<long> Facets, double[] Vector)> Centroids(bool kept)
    {
        List<(long Label, HashSet<long> Facets, double[] Vector)> centroids = [];
        // The published code takes cameras from the list of all rows, at places counted in the gallery.
        var images = Gallery().Select((row, place) =>
            (row.Embedding, row.Label, Facet: options.ReferenceCompatible ? _rows[place].Facet : row.Facet)).ToList();
        foreach (long label in images.Select(image => image.Label).Distinct().Order())
        {
            var own = images.Where(image => image.Label == label).ToList();
            if (options.Protocol == EvaluationProtocol.Fashion || !IsQueried(label))
            {
                if (kept || IsQueried(label))
                {
                    centroids.Add((label, [], Mean([.. own.Select(image => image.Embedding)])));
                }

                continue;
            }

            IEnumerable<long> cameras = _rows.Take(evaluated.Queries).Where(row => row.Label == label)
                .Select(row => row.Facet).Distinct().Order();
            foreach (long camera in cameras)
            {
                var others = own.Where(image => image.Facet != camera).ToList();
                HashSet<long> used = [.. others.Select(image => image.Facet)];
                if (others.Count > 0 && !centroids.Exists(c => c.Label == label && c.Facets.SetEquals(used)))
                {
                    centroids.Add((label, used, Mean([.. others.Select(image => image.Embedding)])));
                }
            }
        }

        return centroids;
    }

    private IEnumerable<(float[] Embedding, long Label, long Facet)> Gallery() => _rows.Skip(evaluated.Queries);

    private bool IsQueried(long label) => _rows.Take(evaluated.Queries).Any(row => row.Label == label);

    private double[] Mean(List<float[]> embeddings) => Compared(
        [.. Enumerable.Range(0, embeddings[0].Length)
            .Select(i => embeddings.Sum(e => (double)e[i]) / embeddings.Count)]);

    // Vectors are compared as float32.
    private double[] Compared(double[] vector)
    {
        double length = options.Normalize ? Math.Sqrt(vector.Sum(x => x * x)) : 1;
        return [.. vector.Select(x => (double)(float)(length > 0 ? x / length : x))];
    }

    private double Distance(double[] a, double[] b)
    {
        double dot = a.Zip(b, (x, y) => x * y).Sum();
        double squareA = a.Sum(x => x * x);
        double squareB = b.Sum(x => x * x);
        if (options.Distance == EvaluationDistance.Euclidean)
        {
            return squareA + squareB - (2 * dot);
        }

        double cosine = squareA * squareB > 0 ? dot / Math.Sqrt(squareA * squareB) : 0;
        return Math.Max(Math.Abs(1 - cosine), 1e-12);
    }
}
