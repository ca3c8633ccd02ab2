using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>Evaluation against an independent, slow one on random small galleries, ties included.</summary>
public sealed class EvaluationOracleTests
{
    private const int Cases = 80;
    private const double Exact = 1e-12;

    [Theory]
    [InlineData(EvaluationProtocol.Reid, EvaluationDistance.Euclidean, true, false)]
    [InlineData(EvaluationProtocol.Reid, EvaluationDistance.Euclidean, false, false)]
    [InlineData(EvaluationProtocol.Reid, EvaluationDistance.Cosine, true, false)]
    [InlineData(EvaluationProtocol.Reid, EvaluationDistance.Cosine, false, false)]
    [InlineData(EvaluationProtocol.Reid, EvaluationDistance.Euclidean, true, true)]
    [InlineData(EvaluationProtocol.Reid, EvaluationDistance.Cosine, false, true)]
    [InlineData(EvaluationProtocol.Fashion, EvaluationDistance.Euclidean, true, false)]
    [InlineData(EvaluationProtocol.Fashion, EvaluationDistance.Euclidean, false, false)]
    [InlineData(EvaluationProtocol.Fashion, EvaluationDistance.Cosine, true, true)]
    public void Run_RandomGalleries_EqualTheOracle(
        EvaluationProtocol protocol, EvaluationDistance distance, bool normalize, bool referenceCompatible)
    {
        EvaluationOptions options = new()
        {
            Protocol = protocol, Distance = distance, Normalize = normalize, ReferenceCompatible = referenceCompatible,
        };
        bool keeps = protocol == EvaluationProtocol.Fashion;
        int answered = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            EvaluationCase drawn = EvaluationCase.Random(new Random(seed));
            EvaluationReport report = drawn.Run(options);
            EvaluationOracle oracle = new(drawn, options);
            string where = $"seed {seed}";

            answered += Check(where, oracle, report.Instance, centroids: false, kept: true);
            answered += Check(where, oracle, report.InstanceDropped, centroids: false, kept: false);
            answered += Check(where, oracle, report.Centroid, centroids: true, keeps);
            answered += Check(where, oracle, report.CentroidOther, centroids: true, !keeps);
        }

        // The cases are no empty ones.
        Assert.True(answered > Cases, $"{answered} queries");
    }

    private static int Check(string where, EvaluationOracle oracle, ModeResult result, bool centroids, bool kept)
    {
        List<(int Query, List<(double Distance, bool Correct)> Ranked)> expected = oracle.Rank(centroids, kept);
        Assert.True(oracle.Count(centroids, kept) == result.Gallery, where);
        Assert.Equal(expected.Select(list => list.Query), result.Queries.Select(query => query.Query));
        foreach (((int _, List<(double Distance, bool Correct)> ranked), QueryResult query) in
            expected.Zip(result.Queries))
        {
            Assert.True(
                Math.Abs(EvaluationOracle.AveragePrecision(ranked) - query.AveragePrecision) < Exact,
                $"{where}, query {query.Query}: {query}");
            Assert.Equal(EvaluationOracle.InverseNegativePenalty(ranked), query.InverseNegativePenalty, Exact);
            Assert.Equal(ranked.FindIndex(item => item.Correct) + 1, query.FirstCorrectRank);
        }

        if (expected.Count == 0)
        {
            Assert.Null(result.MeanAveragePrecision);
            return 0;
        }

        List<List<(double Distance, bool Correct)>> lists = [.. expected.Select(list => list.Ranked)];
        Assert.Equal(lists.Average(EvaluationOracle.AveragePrecision), result.MeanAveragePrecision!.Value, Exact);
        foreach (int k in ModeResult.Ranks)
        {
            Assert.Equal(
                lists.Average(list => list.Take(k).Any(item => item.Correct) ? 1.0 : 0),
                result.HitRate(k)!.Value,
                Exact);
        }

        foreach (double share in new[] { 0.01, 0.1, 0.5 })
        {
            Assert.Equal(
                EvaluationOracle.FalseNegativeShare(lists, share), result.FalseNegativeShareAt(share)!.Value, Exact);
        }

        return expected.Count;
    }
}
