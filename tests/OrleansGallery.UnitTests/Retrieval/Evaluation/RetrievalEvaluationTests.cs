using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Evaluation;

/// <summary>Figures computed by hand, and the corners in which the published code fails.</summary>
public sealed class RetrievalEvaluationTests
{
    private const double Exact = 1e-12;

    // Raw Euclidean distances in one dimension can be read off.
    private static readonly EvaluationOptions Reid = new() { Normalize = false };
    private static readonly EvaluationOptions Fashion = Reid with { Protocol = EvaluationProtocol.Fashion };

    [Fact]
    public void Run_OneQuery_HasTheFiguresOfTheHand()
    {
        // Ranked: wrong, right, wrong, right, right; AP = (1/2 + 2/4 + 3/5) / 3, INP = 3/5.
        ModeResult result = new EvaluationCase().Query(1, 0, 1)
            .Gallery(1, 1, 3).Gallery(1, 1, 5).Gallery(1, 1, 6).Gallery(2, 1, 2).Gallery(3, 1, 4)
            .Run(Reid).Instance;

        Assert.Equal((0.5 + 0.5 + 0.6) / 3, result.MeanAveragePrecision!.Value, Exact);
        Assert.Equal(0.6, result.MeanInverseNegativePenalty!.Value, Exact);
        Assert.Equal([0, 1, 1, 1, 1], ModeResult.Ranks.Select(k => result.HitRate(k)!.Value));
        Assert.Equal(1, result.HitRate(2));
        QueryResult query = Assert.Single(result.Queries);
        Assert.Equal((0, 2, 4.0, 1.0),
            (query.Query, query.FirstCorrectRank, query.MateDistance, query.ImpostorDistance));
    }

    [Fact]
    public void Run_TwoCameras_LeaveTheQuerysOwnOut()
    {
        EvaluationCase evaluated = new EvaluationCase().Query(1, 0, 1)
            .Gallery(1, 0, 1).Gallery(1, 1, 5).Gallery(1, 2, 7).Gallery(2, 0, 4);
        EvaluationReport reid = evaluated.Run(Reid);
        EvaluationReport fashion = evaluated.Run(Fashion);

        // Instances: the image of camera 0 is out, 4 comes before 5 and 7.
        Assert.Equal((0.5 + (2 / 3.0)) / 2, reid.Instance.MeanAveragePrecision!.Value, Exact);
        // Centroids: 6, of cameras 1 and 2; identity 2 has no query and no centroid.
        Assert.Equal((1.0, 1), (reid.Centroid.MeanAveragePrecision, reid.Centroid.Gallery));
        Assert.Equal(25, Assert.Single(reid.Centroid.Queries).MateDistance, Exact);
        // Kept, it is nearer.
        Assert.Equal((0.5, 2), (reid.CentroidOther.MeanAveragePrecision, reid.CentroidOther.Gallery));
        // Fashion: the mean of all three images, 13/3 in float32.
        Assert.Equal(100 / 9.0, Assert.Single(fashion.Centroid.Queries).MateDistance, 1e-5);
        Assert.Equal((0.5, 2), (fashion.Centroid.MeanAveragePrecision, fashion.Centroid.Gallery));
        Assert.Equal((1.0, 1), (fashion.CentroidOther.MeanAveragePrecision, fashion.CentroidOther.Gallery));
    }

    [Fact]
    public void Run_ReferenceCompatible_TakesCamerasFromTheQueriesPlaces()
    {
        // The gallery's cameras are 1, 0; the published code reads 0, 1 (the query's own place, then the first
        // image's).
        EvaluationCase evaluated = new EvaluationCase().Query(1, 0, 1).Gallery(1, 1, 2).Gallery(1, 0, 8);
        Assert.Equal(1, Assert.Single(evaluated.Run(Reid).Centroid.Queries).MateDistance, Exact);
        EvaluationReport compatible = evaluated.Run(Reid with { ReferenceCompatible = true });
        Assert.Equal(49, Assert.Single(compatible.Centroid.Queries).MateDistance, Exact);
        Assert.Equal(1, Assert.Single(compatible.Instance.Queries).MateDistance, Exact);
    }

    [Fact]
    public void Run_IdentitiesWithoutQuery_AreReportedKeptAndDropped()
    {
        EvaluationReport report = new EvaluationCase().Query(1, 0, 1)
            .Gallery(1, 1, 3).Gallery(2, 1, 1.5f).Gallery(2, 1, 2).Run(Fashion);
        Assert.Equal((3, 1), (report.Instance.Gallery, report.InstanceDropped.Gallery));
        Assert.Equal(
            (1 / 3.0, 1.0), (report.Instance.MeanAveragePrecision, report.InstanceDropped.MeanAveragePrecision));
        Assert.Equal((2, 1), (report.Centroid.Gallery, report.CentroidOther.Gallery));
        Assert.Equal((0.5, 1.0), (report.Centroid.MeanAveragePrecision, report.CentroidOther.MeanAveragePrecision));
        Assert.Equal((12, 8), (report.Instance.Bytes, report.Centroid.Bytes));
        Assert.True(report.Instance.SearchMs > 0 && report.Centroid.SearchMs > 0);
    }

    [Fact]
    public void Run_QueryIdentityNotInTheGallery_DoesNotCount()
    {
        EvaluationReport report = new EvaluationCase().Query(9, 0, 1).Query(1, 0, 1).Gallery(1, 1, 2).Gallery(2, 1, 5)
            .Run(Fashion);
        Assert.Equal(1, Assert.Single(report.Instance.Queries).Query);
        Assert.Equal(1, Assert.Single(report.Centroid.Queries).Query);
    }

    [Theory]
    [InlineData(EvaluationProtocol.Reid)]
    [InlineData(EvaluationProtocol.Fashion)]
    public void Run_NoQueryHasAnythingToFind_GivesNoFigures(EvaluationProtocol protocol)
    {
        EvaluationReport report = new EvaluationCase().Query(9, 0, 1).Gallery(1, 1, 2)
            .Run(Reid with { Protocol = protocol });
        foreach (ModeResult result in
            new[] { report.Instance, report.Centroid, report.InstanceDropped, report.CentroidOther })
        {
            Assert.Empty(result.Queries);
            Assert.Null(result.MeanAveragePrecision);
            Assert.Null(result.MeanInverseNegativePenalty);
            Assert.Null(result.HitRate(1));
            Assert.Null(result.FalseNegativeShareAt(0.1));
        }
    }

    [Fact]
    public void Run_OnlyImagesOfTheQuerysCamera_GivesNoFigures()
    {
        EvaluationReport report = new EvaluationCase().Query(1, 0, 1).Gallery(1, 0, 2).Run(Reid);
        Assert.Empty(report.Instance.Queries);
        Assert.Equal((0, 0), (report.Centroid.Queries.Count, report.Centroid.Gallery));
    }

    [Fact]
    public void Run_WithoutQueries_GivesNoFigures()
    {
        EvaluationReport report = new EvaluationCase().Gallery(1, 0, 2).Run(Fashion);
        Assert.Null(report.Instance.MeanAveragePrecision);
        Assert.Equal((1, 1, 0), (report.Instance.Gallery, report.Centroid.Gallery, report.InstanceDropped.Gallery));
    }

    [Fact]
    public void Run_OneCentroid_IsFound()
    {
        EvaluationReport report = new EvaluationCase().Query(1, 0, 1, 0).Gallery(1, 1, 0, 1).Gallery(1, 1, 1, 1)
            .Run(new EvaluationOptions());
        Assert.Equal((1, 1.0, 1.0), (report.Centroid.Gallery, report.Centroid.MeanAveragePrecision,
            report.Centroid.HitRate(50)));
        Assert.Equal(double.PositiveInfinity, Assert.Single(report.Centroid.Queries).ImpostorDistance);
        Assert.Equal(0, report.Centroid.FalseNegativeShareAt(0.1));
    }

    [Fact]
    public void Run_ImagesThatCancelOut_AreFarAndNotFirst()
    {
        // Identity 1's mean is zero: it has no direction, so it comes after identity 2 and before the opposite one.
        EvaluationCase evaluated = new EvaluationCase().Query(1, 0, 1, 0)
            .Gallery(1, 1, 0, 1).Gallery(1, 1, 0, -1).Gallery(2, 1, 1, 1).Gallery(3, 1, -1, 0);
        foreach (EvaluationDistance distance in Enum.GetValues<EvaluationDistance>())
        {
            EvaluationOptions options = new() { Protocol = EvaluationProtocol.Fashion, Distance = distance };
            Assert.Equal(2, Assert.Single(evaluated.Run(options).Centroid.Queries).FirstCorrectRank);
        }
    }

    [Fact]
    public void FalseNegativeShareAt_TenQueries_IsTheHandsCount()
    {
        // Query i has its mate at i and its nearest impostor at 10.5 - i: 1.5 to 9.5 and, for the tenth, 0.5.
        ModeResult result = new()
        {
            Gallery = 20,
            Bytes = 0,
            SearchMs = 0,
            Queries = [.. Enumerable.Range(1, 10).Select(i =>
                new QueryResult(i, 1, 1, i < 10.5 - i ? 1 : 2, i, 10.5 - i))],
        };

        // No alarm allowed: threshold 0.5, everybody is missed.
        Assert.Equal(1, result.FalseNegativeShareAt(0.05));
        // One alarm in ten: threshold 1.5, query 1 is found.
        Assert.Equal(0.9, result.FalseNegativeShareAt(0.1)!.Value, Exact);
        // Four in ten: threshold 4.5, queries 1 to 4. Nine in ten: queries 6 to 10 are not first.
        Assert.Equal(0.6, result.FalseNegativeShareAt(0.4)!.Value, Exact);
        Assert.Equal(0.5, result.FalseNegativeShareAt(0.9)!.Value, Exact);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void FalseNegativeShareAt_NoShare_IsRefused(double share)
    {
        ModeResult result = new EvaluationCase().Query(1, 0, 1).Gallery(1, 1, 2).Run(Fashion).Instance;
        Assert.Throws<ArgumentOutOfRangeException>(() => result.FalseNegativeShareAt(share));
    }

    [Fact]
    public void Run_Cancelled_Stops() => Assert.ThrowsAny<OperationCanceledException>(() => RetrievalEvaluation.Run(
        new EvaluationCase().Query(1, 0, 1).Gallery(1, 1, 2).Data(), Fashion, new CancellationToken(canceled: true)));
}
