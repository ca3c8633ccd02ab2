using OrleansGallery.Retrieval;

namespace OrleansGallery.Training;

/// <summary>
/// Few-shot recognition in seeded episodes: an identity's centroid is the mean of its support's raw embeddings, made of
/// the same exact sums that galleries hold, and a query's answer is the nearest centroid.
/// </summary>
public static class EpisodeEvaluation
{
    /// <summary>Runs the episodes.</summary>
    /// <param name="embeddings">Raw embeddings, all of one dimension.</param>
    /// <param name="labels">Whose they are; identities count in order of first appearance.</param>
    /// <param name="options">The episodes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The accuracy.</returns>
    /// <exception cref="InvalidDataException">There are too few identities, or one has too few images.</exception>
    public static EpisodeResult Run(
        IReadOnlyList<float[]> embeddings,
        IReadOnlyList<string> labels,
        EpisodeOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Episodes, 1);
        if (embeddings.Count != labels.Count)
        {
            throw new ArgumentException($"{embeddings.Count} embeddings and {labels.Count} labels.", nameof(labels));
        }

        EpisodeSampler sampler = new(
            [.. labels.Index().GroupBy(item => item.Item, item => item.Index, StringComparer.Ordinal)
                .Select(group => group.ToArray())],
            options);
        double[] shares = new double[options.Episodes];
        for (int number = 0; number < shares.Length; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            shares[number] = Share(embeddings, sampler.Draw(number), options.Distance);
        }

        (double accuracy, double interval) = EpisodeResult.MeanOf(shares);
        return new EpisodeResult
        {
            Ways = options.Ways,
            Shots = options.Shots,
            Queries = options.Ways * options.QueriesPerIdentity,
            Distance = options.Distance,
            Episodes = options.Episodes,
            Accuracy = accuracy,
            Interval = interval,
        };
    }

    /// <summary>Decides one episode.</summary>
    /// <param name="embeddings">Raw embeddings.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="distance">By what the nearest is found; of equally near ones the first.</param>
    /// <returns>The share of its queries whose nearest centroid is their own identity's.</returns>
    internal static double Share(IReadOnlyList<float[]> embeddings, Episode episode, EvaluationDistance distance)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(episode);
        float[][] centroids = [.. episode.Support.Select(rows => Centroid(embeddings, rows, distance))];
        int right = 0;
        int queries = 0;
        for (int own = 0; own < centroids.Length; own++)
        {
            foreach (int row in episode.Queries[own])
            {
                queries++;
                right += Nearest(centroids, embeddings[row], distance) == own ? 1 : 0;
            }
        }

        return (double)right / queries;
    }

    private static float[] Centroid(IReadOnlyList<float[]> embeddings, int[] rows, EvaluationDistance distance)
    {
        int dimension = embeddings[rows[0]].Length;
        IdentityCentroid centroid = new(dimension);
        foreach (int row in rows)
        {
            centroid.Add(string.Empty, embeddings[row]);
        }

        float[] vector = new float[dimension];
        // A zero sum has no direction: its score is 0 with everything.
        if (distance == EvaluationDistance.Cosine && centroid.TryGetCentroid(vector))
        {
            return vector;
        }

        double[] mean = new double[dimension];
        centroid.GetMeanExcept(null, mean);
        return [.. mean.Select(component => (float)component)];
    }

    private static int Nearest(float[][] centroids, float[] query, EvaluationDistance distance)
    {
        int nearest = 0;
        double best = double.PositiveInfinity;
        for (int i = 0; i < centroids.Length; i++)
        {
            // The query's own length changes no order: |q - c|^2 - |q|^2, and the score times |q|.
            double score = CanonicalScore.Score(query, centroids[i]);
            double far = distance == EvaluationDistance.Cosine
                ? -score
                : CanonicalScore.Score(centroids[i], centroids[i]) - (2 * score);
            if (far < best)
            {
                (nearest, best) = (i, far);
            }
        }

        return nearest;
    }
}
