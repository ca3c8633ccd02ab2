using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>Thresholds against counting by hand.</summary>
public sealed class OpenSetScoresTests
{
    private const int Dimension = 32;

    private static readonly OpenSetQuery[] Ten =
    [
        .. Enumerable.Range(0, 10).Select(i => new OpenSetQuery(i, 0.95 - (0.05 * i), 0.1 * i)),
    ];

    [Fact]
    public void Rates_OfTenQueries_AreThoseCountedByHand()
    {
        OpenSetScores scores = new(Ten);

        // Impostors 0, 0.1 .. 0.9; genuine 0.95, 0.9 .. 0.5, of which from the eighth on another is first.
        Assert.Equal(1, scores.FalsePositiveRate(-1));
        Assert.Equal(0.5, scores.FalsePositiveRate(0.45));
        Assert.Equal(0, scores.FalsePositiveRate(0.95));
        Assert.Equal(0.3, scores.FalseNegativeRate(-1));
        Assert.Equal(0.6, scores.FalseNegativeRate(0.78));
        Assert.Equal(0.3, scores.SmallestFalsePositiveRate, 1e-12);
        Assert.Equal(300, OpenSetScores.QueriesFor(0.01));
    }

    [Theory]
    [InlineData(0.3, 0.65)]
    [InlineData(0.29, 0.75)]
    [InlineData(0.1, 0.85)]
    public void FindThreshold_OfARate_LiesBetweenTheScores(double rate, double expected)
    {
        OpenSetScores scores = new(Ten);
        double threshold = scores.FindThreshold(rate)!.Value;
        Assert.Equal(expected, threshold, 1e-9);
        Assert.True(scores.FalsePositiveRate(threshold) <= rate);
    }

    [Fact]
    public void FindThreshold_EqualScores_AreRefusedTogether()
    {
        OpenSetQuery[] ties = [.. Enumerable.Range(0, 10).Select(i => new OpenSetQuery(i, null, i < 5 ? 0.2 : 0.6))];
        OpenSetScores scores = new(ties);

        double threshold = scores.FindThreshold(0.4)!.Value;

        Assert.Equal((0, null), (scores.FalsePositiveRate(threshold), scores.FalseNegativeRate(threshold)));
        Assert.Equal(Math.BitIncrement(0.6), threshold);
        Assert.Null(new OpenSetScores([.. ties.Select(tie => tie with { Impostor = 1 })]).FindThreshold(0.4));
    }

    [Fact]
    public void Rates_OfRandomScores_EqualAPlainCount()
    {
        Random random = new(5);
        OpenSetQuery[] queries =
        [
            .. Enumerable.Range(0, 500).Select(i => new OpenSetQuery(
                i / 5, i % 7 == 0 ? null : Score(random), Score(random))),
        ];
        OpenSetScores scores = new(queries);
        OpenSetQuery[] genuine = [.. queries.Where(query => query.Genuine is not null)];
        double[] thresholds = scores.Thresholds(101);
        Assert.Equal(thresholds.Order(), thresholds);
        Assert.All(thresholds, threshold =>
        {
            Assert.Equal(queries.Average(query => query.Impostor >= threshold ? 1.0 : 0),
                scores.FalsePositiveRate(threshold), 1e-12);
            Assert.Equal(
                genuine.Average(query => query.Genuine >= threshold && query.Genuine > query.Impostor ? 0.0 : 1),
                scores.FalseNegativeRate(threshold)!.Value, 1e-12);
        });
        Assert.Equal((1, 0), (scores.FalsePositiveRate(thresholds[0]), scores.FalsePositiveRate(thresholds[^1])));
    }

    [Fact]
    public void FalsePositiveInterval_ImagesOfOneIdentityAlike_IsAsWideAsOfTheIdentities()
    {
        OpenSetQuery[] independent =
            [.. Enumerable.Range(0, 1_000).Select(i => new OpenSetQuery(i, null, i % 10 == 0 ? 0.9 : 0.1))];
        OpenSetQuery[] alike =
            [.. Enumerable.Range(0, 1_000).Select(i => new OpenSetQuery(i / 10, null, i < 100 ? 0.9 : 0.1))];

        (double low, double high) = new OpenSetScores(independent).FalsePositiveInterval(0.5);
        (double lowAlike, double highAlike) = new OpenSetScores(alike).FalsePositiveInterval(0.5);

        // Wilson's interval of 10 % of 999 trials, and of 99: one is lost to the estimate of the variance.
        Assert.Equal((0.0829, 0.1202), (Math.Round(low, 4), Math.Round(high, 4)));
        Assert.Equal((0.0551, 0.1748), (Math.Round(lowAlike, 4), Math.Round(highAlike, 4)));
    }

    [Fact]
    public void FindThreshold_OfSeparableIdentities_HoldsForStrangers()
    {
        const double rate = 0.02;
        const int strangers = 4_000;
        const int identities = 400;
        // One source for all: those of neighbouring seeds are not independent.
        Random random = new(11);
        float[][] enrolled = [.. Enumerable.Range(0, identities).Select(_ => Near(random, new float[Dimension], 1))];
        OpenSetQuery[] queries =
        [
            .. Enumerable.Range(0, 2_000).Select(i =>
            {
                int own = i % identities;
                float[] image = Near(random, enrolled[own], 0.05);
                return new OpenSetQuery(
                    own, Dot(image, enrolled[own]),
                    enrolled.Where((_, other) => other != own).Max(one => Dot(image, one)));
            }),
        ];

        double threshold = new OpenSetScores(queries).FindThreshold(rate)!.Value;

        (double low, double high) = new OpenSetScores(queries).FalsePositiveInterval(threshold);
        double alarms = Enumerable.Range(0, strangers).Average(_ =>
        {
            float[] stranger = Near(random, Near(random, new float[Dimension], 1), 0.05);
            return enrolled.Max(one => Dot(stranger, one)) >= threshold ? 1.0 : 0;
        });
        // The strangers' own error beside the calibration's.
        double error = 3 * Math.Sqrt(rate * (1 - rate) / strangers);
        Assert.InRange(alarms, low - error, high + error);
        Assert.True(new OpenSetScores(queries).FalseNegativeRate(threshold) < 0.01);
    }

    private static double Score(Random random) => Math.Round(0.9 * random.NextDouble(), 2);

    private static float[] Near(Random random, float[] centre, double spread) => QueryVector.Normalize(
        [.. centre.Select(component => (float)(component + (spread * Gaussian(random))))]);

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Dot(float[] one, float[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += (double)one[i] * other[i];
        }

        return sum;
    }
}
