using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>
/// The whole training loss once more, in plain double and loops, straight from the formulas: an oracle that shares
/// nothing with the code under test. Parameters are one flat array, so that gradients come by finite differences.
/// </summary>
internal sealed class PlainLoss(
    long[] identities, bool[] real, int imagesPerIdentity, int dimension, int classes, LossOptions options)
{
    /// <summary>Where the features start; the other parameters follow.</summary>
    public const int FeaturesAt = 0;

    private const double Epsilon = 1e-5;

    public int Rows => identities.Length;

    public int NeckAt => Rows * dimension;

    public int ClassifierAt => NeckAt + dimension;

    public int CentersAt => ClassifierAt + (classes * dimension);

    public int Length => CentersAt + (classes * dimension);

    /// <summary>The total.</summary>
    public double Total(double[] p) =>
        (options.CrossEntropyWeight * CrossEntropy(p))
        + (options.TripletWeight * Triplet(p))
        + (options.CentroidTripletWeight * Centroids(p))
        + (options.CenterWeight * Center(p));

    public double CrossEntropy(double[] p)
    {
        int[] rows = RealRows();
        double sum = 0;
        foreach (int row in rows)
        {
            double[] logits = new double[classes];
            for (int d = 0; d < dimension; d++)
            {
                (double mean, double variance) = Moments(p, d);
                double x = (p[(row * dimension) + d] - mean) / Math.Sqrt(variance + Epsilon) * p[NeckAt + d];
                for (int c = 0; c < classes; c++)
                {
                    logits[c] += x * p[ClassifierAt + (c * dimension) + d];
                }
            }

            double log = Math.Log(logits.Sum(Math.Exp));
            for (int c = 0; c < classes; c++)
            {
                double target = (options.LabelSmoothing / classes)
                    + (identities[row] == c ? 1 - options.LabelSmoothing : 0);
                sum -= target * (logits[c] - log);
            }
        }

        return sum / rows.Length;
    }

    public double Triplet(double[] p)
    {
        double[][] rows = [.. Enumerable.Range(0, Rows).Select(row => Metric(p, row))];
        int[] anchors = RealRows();
        return anchors.Average(a => Hinge(rows, identities, a));
    }

    public double Centroids(double[] p)
    {
        List<double> rounds = [];
        for (int i = 0; i < imagesPerIdentity; i++)
        {
            List<double[]> queries = [];
            List<double[]> centroids = [];
            List<long> labels = [];
            for (int group = 0; group < Rows / imagesPerIdentity; group++)
            {
                int query = (group * imagesPerIdentity) + i;
                int[] others = [.. Enumerable.Range(group * imagesPerIdentity, imagesPerIdentity)
                    .Where(row => row != query && real[row])];
                if (real[query] && others.Length > 0)
                {
                    queries.Add(Metric(p, query));
                    double[][] members = [.. others.Select(row => Metric(p, row))];
                    centroids.Add([.. Enumerable.Range(0, dimension).Select(d => members.Average(m => m[d]))]);
                    labels.Add(identities[query]);
                }
            }

            if (labels.Count > 1)
            {
                rounds.Add(options.CentroidNegatives == CentroidNegatives.Centroids
                    ? Enumerable.Range(0, labels.Count).Average(a => Formula(queries, centroids, a))
                    : Enumerable.Range(0, 2 * labels.Count)
                        .Average(a => Hinge([.. queries, .. centroids], [.. labels, .. labels], a)));
            }
        }

        return rounds.Count == 0 ? 0 : rounds.Average();
    }

    public double Center(double[] p) => RealRows().Average(row => Enumerable.Range(0, dimension).Sum(d =>
    {
        double difference = p[(row * dimension) + d] - p[CentersAt + ((int)identities[row] * dimension) + d];
        return difference * difference;
    }));

    /// <summary>Central differences.</summary>
    public static double[] Gradient(Func<double[], double> function, double[] p)
    {
        const double h = 1e-6;
        double[] gradient = new double[p.Length];
        double[] moved = [.. p];
        for (int i = 0; i < p.Length; i++)
        {
            moved[i] = p[i] + h;
            double above = function(moved);
            moved[i] = p[i] - h;
            gradient[i] = (above - function(moved)) / (2 * h);
            moved[i] = p[i];
        }

        return gradient;
    }

    private double Formula(List<double[]> queries, List<double[]> centroids, int anchor) => Math.Max(
        0,
        Distance(queries[anchor], centroids[anchor])
        - Enumerable.Range(0, centroids.Count).Where(other => other != anchor)
            .Min(other => Distance(queries[anchor], centroids[other]))
        + options.Margin);

    private double Hinge(double[][] rows, long[] labels, int anchor)
    {
        double positive = Enumerable.Range(0, rows.Length).Where(row => labels[row] == labels[anchor])
            .Max(row => row == anchor ? 0 : Distance(rows[anchor], rows[row]));
        double negative = Enumerable.Range(0, rows.Length).Where(row => labels[row] != labels[anchor])
            .Min(row => Distance(rows[anchor], rows[row]));
        return Math.Max(0, positive - negative + options.Margin);
    }

    private double Distance(double[] a, double[] b) => options.Distance == DistanceKind.Cosine
        ? Math.Abs(1 - (a.Zip(b, (x, y) => x * y).Sum() / (Norm(a) * Norm(b))))
        : Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private double[] Metric(double[] p, int row)
    {
        double[] values = p[(row * dimension)..((row + 1) * dimension)];
        double norm = options.Normalize ? Norm(values) : 1;
        return [.. values.Select(v => v / norm)];
    }

    private (double Mean, double Variance) Moments(double[] p, int d)
    {
        double[] values = [.. RealRows().Select(row => p[(row * dimension) + d])];
        double mean = values.Average();
        return (mean, values.Average(v => (v - mean) * (v - mean)));
    }

    private int[] RealRows() => [.. Enumerable.Range(0, Rows).Where(row => real[row])];

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(v => v * v));
}
