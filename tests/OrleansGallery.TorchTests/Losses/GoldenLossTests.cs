using System.Text.Json;
using OrleansGallery.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>Every piece of every golden loss case, found by file name: values and gradients.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenLossTests
{
    [Fact]
    public void Pairwise_EveryCase_HasTheGoldenDistances() => ForEach(item =>
    {
        float[] expected = LossAssert.Flatten(item.Pieces.GetProperty("pairwise_dist"));
        Tensor features = item.Features();
        float[] actual = Distances.Pairwise(features, item.Distance).detach().data<float>().ToArray();
        float[] squares = features.detach().square().sum(1).data<float>().ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            int row = i / squares.Length;
            if (row == i % squares.Length)
            {
                // A row's distance to itself is zero; the golden one is what rounding left of the squares.
                double rounding = item.Distance == DistanceKind.Cosine ? 1e-6 : Math.Sqrt(1e-6 * (1 + squares[row]));
                Assert.InRange(expected[i], 0, rounding);
                Assert.InRange(actual[i], 0, 1.1e-6);
                continue;
            }

            LossAssert.Close(expected[i], actual[i], $"{item.Name} pairwise_dist[{i}]");
        }
    });

    [Fact]
    public void BatchHard_EveryCase_FindsTheGoldenPairs() => ForEach(item =>
    {
        JsonElement expected = item.Pieces.GetProperty("batch_hard");
        HardPairs pairs = Mine(item, item.Features());
        LossAssert.Close(expected.GetProperty("dist_ap"), pairs.Positive, $"{item.Name} dist_ap");
        LossAssert.Close(expected.GetProperty("dist_an"), pairs.Negative, $"{item.Name} dist_an");
        Assert.Equal(Indices(expected.GetProperty("p_inds")), pairs.PositiveIndex.data<long>().ToArray());
        Assert.Equal(Indices(expected.GetProperty("n_inds")), pairs.NegativeIndex.data<long>().ToArray());
    });

    [Theory]
    [InlineData("triplet_masked", true, true)]
    [InlineData("triplet_unmasked", true, false)]
    [InlineData("triplet_soft_margin_unmasked", false, false)]
    public void Triplet_EveryCase_HasTheGoldenValueAndGradient(
        string piece, bool margin, bool masked) => ForEach(item =>
    {
        Parameter features = item.Features();
        Tensor loss = BatchHardTriplet.Loss(
            Mine(item, features), margin ? item.Margin : null, masked ? item.Rows.RealRows : null);
        Check(item, piece, loss, features);
    });

    [Fact]
    public void Center_EveryCase_HasTheGoldenValueAndGradients() => ForEach(item =>
    {
        Parameter features = item.Features();
        Parameter centers = item.Initial("centers");
        Tensor loss = CenterLoss.Compute(item.Rows.SelectReal(features), item.Rows.RealIdentities(CPU), centers);
        Check(item, "center_unweighted", loss, features);
        LossAssert.Close(
            item.Pieces.GetProperty("center_unweighted").GetProperty("grad_centers"),
            centers.grad!,
            $"{item.Name} center grad_centers");
    });

    [Fact]
    public void CrossEntropy_EveryCase_HasTheGoldenValuesAndGradients() => ForEach(item =>
    {
        const string piece = "xent_label_smooth_via_bnneck";
        JsonElement expected = item.Pieces.GetProperty(piece);
        Parameter features = item.Features();
        Parameter classifier = item.Initial("fc_weight");
        BatchNorm1d neck = item.Neck();
        Tensor logits = neck.call(item.Rows.SelectReal(features)).matmul(classifier.t());
        logits.retain_grad();
        Tensor loss = SmoothedCrossEntropy.Compute(
            logits, item.Rows.RealIdentities(CPU), item.Root.GetProperty("label_smooth_eps").GetDouble());
        Check(item, piece, loss, features);
        LossAssert.Close(expected.GetProperty("logits"), logits, $"{item.Name} logits");
        LossAssert.Close(expected.GetProperty("grad_logits"), logits.grad!, $"{item.Name} grad_logits");
        LossAssert.Close(expected.GetProperty("grad_fc_weight"), classifier.grad!, $"{item.Name} grad_fc_weight");
        LossAssert.Close(expected.GetProperty("grad_bn_weight"), neck.weight!.grad!, $"{item.Name} grad_bn_weight");
        LossAssert.Close(expected.GetProperty("bn_running_mean_after"), neck.running_mean!, $"{item.Name} mean after");
        LossAssert.Close(expected.GetProperty("bn_running_var_after"), neck.running_var!,
            $"{item.Name} variance after");
    });

    [Fact]
    public void CentroidTriplet_EveryCase_HasTheGoldenValueGradientAndLog() => ForEach(item =>
    {
        JsonElement expected = item.Pieces.GetProperty("centroid_triplet");
        Parameter features = item.Features();
        CentroidTripletResult result = CentroidTriplet.Compute(
            features, item.Rows, item.Margin, item.Distance, CentroidNegatives.ImagesAndCentroids);
        Assert.Equal(expected.GetProperty("n_rounds").GetInt32(), result.Rounds);
        Check(item, "centroid_triplet", result.Loss, features);
        JsonElement logged = expected.GetProperty("logged");
        LossAssert.Close(logged.GetProperty("step_dist_ap"), result.Positive, $"{item.Name} step_dist_ap");
        LossAssert.Close(logged.GetProperty("step_dist_an"), result.Negative, $"{item.Name} step_dist_an");
        LossAssert.Close(logged.GetProperty("l2_mean_centroid"), result.CentroidNorm, $"{item.Name} l2_mean_centroid");
    }, centroids: true);

    [Fact]
    public void Rounds_EveryCase_HaveTheGoldenQueriesAndCentroids() => ForEach(item =>
    {
        Tensor features = item.Features();
        CentroidRound[] rounds = [.. CentroidRound.Plan(item.Rows).Where(round => round.QueryRows.Count > 1)];
        JsonElement expected = item.Pieces.GetProperty("centroid_triplet").GetProperty("rounds");
        Assert.Equal(expected.GetArrayLength(), rounds.Length);
        for (int i = 0; i < rounds.Length; i++)
        {
            string what = $"{item.Name} round {i}";
            Tensor queries = rounds[i].Queries(features);
            Tensor centroids = rounds[i].Centroids(features);
            LossAssert.Close(expected[i].GetProperty("queries"), queries, $"{what} queries");
            LossAssert.Close(expected[i].GetProperty("centroids"), centroids, $"{what} centroids");
            long[] labels = [.. rounds[i].Identities, .. rounds[i].Identities];
            Assert.Equal(Indices(expected[i].GetProperty("labels")), labels);
            HardPairs pairs = BatchHardTriplet.Mine(
                Distances.Pairwise(cat([queries, centroids]), item.Distance), labels);
            LossAssert.Close(
                expected[i].GetProperty("loss"), BatchHardTriplet.Loss(pairs, item.Margin), $"{what} loss");
            // The reference logs a round's distances as their means.
            LossAssert.Close(Mean(expected[i].GetProperty("dist_ap")), pairs.Positive.mean().ToSingle(), $"{what} ap");
            LossAssert.Close(Mean(expected[i].GetProperty("dist_an")), pairs.Negative.mean().ToSingle(), $"{what} an");
        }
    }, centroids: true);

    [Fact]
    public void Masks_EveryCase_LeaveOutEachRoundsQuery() => ForEach(item =>
    {
        // The golden masks are made before mocks are taken out: as if every row were real.
        BatchRows all = new(item.Rows.Identities, [.. item.Rows.IsReal.Select(_ => true)], item.Rows.ImagesPerIdentity);
        JsonElement masks = item.Pieces.GetProperty("create_masks_train");
        IReadOnlyList<CentroidRound> rounds = CentroidRound.Plan(all);
        Assert.Equal(masks.GetArrayLength(), rounds.Count);
        for (int i = 0; i < rounds.Count; i++)
        {
            HashSet<int> queries = [.. rounds[i].QueryRows];
            Assert.Equal(
                [.. masks[i].EnumerateArray().Select(v => (int)v.GetDouble())],
                Enumerable.Range(0, all.Count).Select(row => queries.Contains(row) ? 0 : 1));
        }
    }, centroids: true);

    private static void ForEach(Action<LossCase> check, bool centroids = false)
    {
        foreach (LossCase item in LossCase.All(item => !centroids || item.IsCtl))
        {
            using DisposeScope scope = NewDisposeScope();
            check(item);
        }
    }

    private static HardPairs Mine(LossCase item, Tensor features) =>
        BatchHardTriplet.Mine(Distances.Pairwise(features, item.Distance), item.Rows.Identities);

    private static void Check(LossCase item, string piece, Tensor loss, Parameter features)
    {
        JsonElement expected = item.Pieces.GetProperty(piece);
        LossAssert.Close(expected.GetProperty("value"), loss, $"{item.Name} {piece}");
        loss.backward();
        LossAssert.Close(expected.GetProperty("grad"), features.grad!, $"{item.Name} {piece} grad");
    }

    private static long[] Indices(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetInt64())];

    private static double Mean(JsonElement values) => LossAssert.Flatten(values).Average(v => (double)v);
}
