using OrleansGallery.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>Uneven identities and consecutive steps, against plain doubles.</summary>
public sealed class LossOracleTests
{
    private const int Dimension = 5;
    private const int Classes = 6;
    private const int K = 3;

    // Three, one, two and three real images of 3: rounds with 3, 3 and 2 participants.
    private static readonly long[] Identities = [4, 4, 4, 1, 1, 1, 5, 5, 5, 0, 0, 0];
    private static readonly bool[] Real =
        [true, true, true, true, false, false, true, true, false, true, true, true];

    public static TheoryData<DistanceKind, CentroidNegatives, bool> Variants
    {
        get
        {
            TheoryData<DistanceKind, CentroidNegatives, bool> data = [];
            foreach (DistanceKind distance in Enum.GetValues<DistanceKind>())
            {
                foreach (CentroidNegatives negatives in Enum.GetValues<CentroidNegatives>())
                {
                    data.Add(distance, negatives, false);
                    data.Add(distance, negatives, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Steps_UnevenIdentities_FollowThePlainLoss(
        DistanceKind distance, CentroidNegatives negatives, bool normalize)
    {
        LossOptions options = new()
        {
            Distance = distance, CentroidNegatives = negatives, Normalize = normalize, CenterWeight = 0.01,
        };
        OptimizationOptions optimization = new() { LearningRate = 0.01 };
        PlainLoss plain = new(Identities, Real, K, Dimension, Classes, options);
        double[] p = Start(plain);
        using DisposeScope scope = NewDisposeScope();
        Parameter features = Slice(p, PlainLoss.FeaturesAt, plain.Rows, Dimension);
        BatchNorm1d neck = nn.BatchNorm1d(Dimension);
        neck.bias!.requires_grad_(false);
        using CtlObjective objective = new(options, Classes, Dimension, CPU);
        Fill(neck.weight!, p, plain.NeckAt);
        Fill(objective.Classifier, p, plain.ClassifierAt);
        Fill(objective.Centers, p, plain.CentersAt);
        using AdamOptimizer adam = new(
            optimization, [("features", features), ("bn", neck.weight!), ("fc", objective.Classifier)]);
        CenterOptimizer centers = new(objective.Centers, options.CenterWeight, optimization.CenterLearningRate);
        PlainAdam plainAdam = new(optimization, plain.CentersAt);
        BatchRows rows = new(Identities, Real, K);
        for (int step = 0; step < 3; step++)
        {
            adam.ZeroGradients();
            centers.ZeroGradients();
            LossTerms terms = objective.Compute(features, neck.call, rows);
            terms.Total.backward();
            double[] gradient = PlainLoss.Gradient(plain.Total, p);
            double[] pull = PlainLoss.Gradient(plain.Center, p);
            Assert.Equal(plain.Total(p), terms.Total.ToDouble(), 1e-4);
            Assert.Equal(plain.Centroids(p), terms.CentroidTriplet!.ToDouble(), 1e-4);
            Compare(gradient, PlainLoss.FeaturesAt, features.grad!, 1e-4);
            Compare(gradient, plain.ClassifierAt, objective.Classifier.grad!, 1e-4);
            adam.Step(optimization.LearningRate);
            centers.Step();
            plainAdam.Step(p, gradient, optimization.LearningRate);
            for (int i = plain.CentersAt; i < plain.Length; i++)
            {
                p[i] -= optimization.CenterLearningRate * pull[i];
            }

            Compare(p, PlainLoss.FeaturesAt, features, 1e-4);
            Compare(p, plain.NeckAt, neck.weight!, 1e-4);
            Compare(p, plain.ClassifierAt, objective.Classifier, 1e-4);
            Compare(p, plain.CentersAt, objective.Centers, 1e-4);
        }
    }

    [Fact]
    public void Compute_OneImageEach_IsZeroReportedAndHasNoNaN()
    {
        using DisposeScope scope = NewDisposeScope();
        BatchRows rows = new([3, 3, 1, 1], [true, false, true, false], 2);
        Parameter features = new(randn([4, Dimension]));
        CentroidTripletResult result = CentroidTriplet.Compute(
            features, rows, 0.5, DistanceKind.Euclidean, CentroidNegatives.ImagesAndCentroids);
        result.Loss.backward();
        Assert.Equal(0, result.Rounds);
        Assert.Equal(0, result.Loss.ToSingle());
        Assert.All(features.grad!.data<float>().ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(2, rows.SingleImageIdentities);
    }

    [Fact]
    public void Compute_EqualEmbeddings_HasFiniteGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        BatchRows rows = new([0, 0, 1, 1], [true, true, true, true], 2);
        foreach (DistanceKind distance in Enum.GetValues<DistanceKind>())
        {
            Parameter features = new(ones([4, Dimension]));
            using CtlObjective objective = new(new LossOptions { Distance = distance }, 2, Dimension, CPU);
            objective.Compute(features, x => x.alias(), rows).Total.backward();
            Assert.All(features.grad!.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Compute_AnyK_RunsThatManyRounds(int k)
    {
        using DisposeScope scope = NewDisposeScope();
        BatchRows rows = new(
            [.. Enumerable.Range(0, 3 * k).Select(i => (long)(i / k))], [.. Enumerable.Repeat(true, 3 * k)], k);
        CentroidTripletResult result = CentroidTriplet.Compute(
            randn([3 * k, Dimension]), rows, 0.5, DistanceKind.Euclidean, CentroidNegatives.ImagesAndCentroids);
        Assert.Equal(k, result.Rounds);
    }

    private static double[] Start(PlainLoss plain)
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, plain.Length).Select(i =>
            (double)(float)(i >= plain.NeckAt && i < plain.ClassifierAt
                ? 0.5 + random.NextDouble()
                : (2 * random.NextDouble()) - 1))];
    }

    private static Parameter Slice(double[] p, int at, int rows, int columns) =>
        new(tensor(p[at..(at + (rows * columns))].Select(v => (float)v).ToArray()).reshape(rows, columns));

    private static void Fill(Tensor target, double[] p, int at)
    {
        using IDisposable mode = no_grad();
        float[] values = [.. p[at..(at + (int)target.numel())].Select(v => (float)v)];
        target.copy_(tensor(values).reshape(target.shape));
    }

    private static void Compare(double[] expected, int at, Tensor actual, double slack)
    {
        float[] values = actual.detach().data<float>().ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[at + i] - values[i]) <= slack,
                $"[{at}+{i}]: {values[i]} instead of {expected[at + i]}");
        }
    }
}
