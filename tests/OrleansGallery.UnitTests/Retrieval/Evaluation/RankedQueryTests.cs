using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>The answers that are shown to people.</summary>
public sealed class RankedQueryTests
{
    private static readonly EvaluationCase Case = new EvaluationCase().Query(2, 0, 3, 0).Query(1, 0, 0, 2)
        .Gallery(1, 1, 0, 5).Gallery(1, 0, 0, 1).Gallery(1, 1, 3, 4).Gallery(2, 1, 1, 0);

    [Fact]
    public void Rank_Instances_LeavesOutTheQuerysCameraAndScoresByCosine()
    {
        RankedQuery answer = Assert.Single(RetrievalEvaluation.Rank(
            Case.Data(), new EvaluationOptions(), EvaluationMode.Instance, [1], 10));
        Assert.Equal(1, answer.Query);
        Assert.Equal([2, 4, 5], answer.Items.Select(item => item.Row));
        Assert.Equal([1, 2, 3], answer.Items.Select(item => item.Rank));
        Assert.Equal([true, true, false], answer.Items.Select(item => item.Correct));
        Assert.Equal([1, 0.8, 0], answer.Items.Select(item => Math.Round(item.Score, 6)));
        Assert.All(answer.Items, item => Assert.Equal(2 - (2 * item.Score), item.Distance, 1e-6));
    }

    [Fact]
    public void Rank_Centroids_ShowsTheFirstImageAndCounts()
    {
        RankedItem first = RetrievalEvaluation.Rank(
            Case.Data(), new EvaluationOptions(), EvaluationMode.Centroid, [0, 1], 1)[1].Items.Single();
        Assert.Equal((1L, 2, 2, true), (first.Label, first.Row, first.Images, first.Correct));
        Assert.Equal(9 / Math.Sqrt(90), first.Score, 1e-6);
    }

    [Fact]
    public void Rank_IsTheOrderOfTheFigures()
    {
        EvaluationCase drawn = EvaluationCase.Random(new Random(3));
        foreach (EvaluationMode mode in Enum.GetValues<EvaluationMode>())
        {
            EvaluationReport report = drawn.Run(new EvaluationOptions());
            ModeResult result = mode == EvaluationMode.Instance ? report.Instance : report.Centroid;
            int[] queries = [.. result.Queries.Select(query => query.Query)];
            Assert.NotEmpty(queries);
            Assert.Equal(
                result.Queries.Select(query => query.FirstCorrectRank),
                RetrievalEvaluation.Rank(drawn.Data(), new EvaluationOptions(), mode, queries, 1000)
                    .Select(answer => answer.Items.First(item => item.Correct).Rank));
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public void Rank_OfNoQueryOrNothing_IsRefused(int query, int top) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrievalEvaluation.Rank(
            Case.Data(), new EvaluationOptions(), EvaluationMode.Instance, [query], top));
}
