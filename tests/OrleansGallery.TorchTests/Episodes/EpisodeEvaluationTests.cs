using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Episodes;

/// <summary>Episodes as they are decided.</summary>
public sealed class EpisodeEvaluationTests
{
    // Two identities on a plane. The first's support averages to (2, 1), the second's to (0, 1).
    private static readonly float[][] Plane = [[3, 0], [1, 2], [4, 2], [0, 3], [-1, 1], [1, 1], [0.5f, 0.4f], [0, 9]];

    private static readonly Episode ByHand = new([0, 1], [[0, 1], [4, 5]], [[2, 3, 6], [7]]);

    [Fact]
    public void Share_HandComputedEpisode_IsAsComputed()
    {
        // Cosine with (2, 1) and (0, 1): (4, 2) 1 and 0.447; (0, 3) 0.447 and 1, wrong; (0.5, 0.4) 0.978 and 0.625;
        // (0, 9) 0.447 and 1. Three of four.
        Assert.Equal(0.75, EpisodeEvaluation.Share(Plane, ByHand, EvaluationDistance.Cosine));
        // Squared distance: (4, 2) 5 and 17; (0, 3) 8 and 4, wrong; (0.5, 0.4) 2.61 and 0.61, wrong; (0, 9) 68 and 64.
        Assert.Equal(0.5, EpisodeEvaluation.Share(Plane, ByHand, EvaluationDistance.Euclidean));
    }

    [Fact]
    public void Share_SupportThatSumsToZero_AnswersNothing()
    {
        float[][] embeddings = [[1, 0], [-1, 0], [0, 1], [0, 1], [1, 0], [0, 2]];
        Episode episode = new([0, 1], [[0, 1], [2, 3]], [[4], [5]]);
        Assert.Equal(1, EpisodeEvaluation.Share(embeddings, episode, EvaluationDistance.Cosine));
    }

    [Fact]
    public void Run_IdentitiesApart_IsAlwaysRight()
    {
        (float[][] embeddings, string[] labels) = Clusters(noise: 0.01f);
        EpisodeResult result = Run(embeddings, labels, new EpisodeOptions { Ways = 5, Episodes = 50 });
        Assert.Equal((1, 0), (result.Accuracy, result.Interval));
        Assert.Equal((5, 1, 25, 50), (result.Ways, result.Shots, result.Queries, result.Episodes));
    }

    [Fact]
    public void Run_MoreShots_IsBetterAndRepeats()
    {
        (float[][] embeddings, string[] labels) = Clusters(noise: 0.8f);
        EpisodeResult With(int shots) =>
            Run(embeddings, labels, new EpisodeOptions { Ways = 5, Shots = shots, Episodes = 200 });
        EpisodeResult one = With(1);
        Assert.Equal(one, With(1));
        Assert.InRange(one.Accuracy, 0.25, With(5).Accuracy - 0.05);
    }

    [Fact]
    public void Run_TooFewIdentities_IsRefused()
    {
        (float[][] embeddings, string[] labels) = Clusters(noise: 0.1f);
        Assert.Throws<InvalidDataException>(() => Run(embeddings, labels, new EpisodeOptions()));
        Assert.Throws<ArgumentException>(() => Run(embeddings, labels[1..], new EpisodeOptions()));
    }

    [Fact]
    public void MeanOf_Shares_IsMeanAndNormalInterval()
    {
        // Deviations -0.3, -0.1, 0.1, 0.3: variance 0.2 / 3; 1.96 * sqrt(0.2 / 3 / 4).
        (double mean, double interval) = EpisodeResult.MeanOf([0.5, 0.7, 0.9, 1.1]);
        Assert.Equal(0.8, mean, 12);
        Assert.Equal(0.253034911952218, interval, 12);
        Assert.Equal((0.5, 0), EpisodeResult.MeanOf([0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EpisodeResult.MeanOf([]));
    }

    private static EpisodeResult Run(float[][] embeddings, string[] labels, EpisodeOptions options) =>
        EpisodeEvaluation.Run(embeddings, labels, options, TestContext.Current.CancellationToken);

    // Ten identities of twelve noisy copies of their own axis.
    private static (float[][] Embeddings, string[] Labels) Clusters(float noise)
    {
        Random random = new(3);
        int[] identities = [.. Enumerable.Range(0, 120).Select(row => row / 12)];
        return (
            [.. identities.Select(identity => Enumerable.Range(0, 10).Select(axis =>
                (axis == identity ? 1f : 0f) + (noise * ((2 * random.NextSingle()) - 1))).ToArray())],
            [.. identities.Select(identity => $"identity {identity}")]);
    }
}
