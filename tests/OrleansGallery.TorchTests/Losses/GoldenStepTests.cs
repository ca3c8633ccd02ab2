using System.Text.Json;
using OrleansGallery.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OrleansGallery.TorchTests.Losses;

/// <summary>
/// The whole training step of every golden case: loss, Adam, the centers' SGD, weight decay, warm-up.
/// </summary>
[Trait("Category", "Golden")]
public sealed class GoldenStepTests
{
    private const int Epochs = 120;

    [Fact]
    public void TrainingStep_EveryCase_EndsWhereTheReferenceDoes()
    {
        foreach (LossCase item in LossCase.All())
        {
            using DisposeScope scope = NewDisposeScope();
            Run(item);
        }
    }

    private static void Run(LossCase item)
    {
        Parameter features = item.Features();
        BatchNorm1d neck = item.Neck();
        using CtlObjective objective = item.Objective();
        using AdamOptimizer adam = new(
            item.Optimizer,
            [("features", features), ("bn.weight", neck.weight!), ("bn.bias", neck.bias!), ("fc",
                objective.Classifier)]);
        CenterOptimizer centers = new(
            objective.Centers, item.Options.CenterWeight, item.Optimizer.CenterLearningRate);
        double rate = new LearningRateSchedule(new ScheduleOptions(), item.Optimizer.LearningRate, Epochs)
            .At(item.Root.GetProperty("epoch").GetInt32());
        int number = 0;
        foreach (JsonElement step in item.Root.GetProperty("training_step").EnumerateArray())
        {
            string what = $"{item.Name} step {number++}";
            adam.ZeroGradients();
            centers.ZeroGradients();
            LossTerms terms = objective.Compute(features, neck.call, item.Rows);
            terms.Total.backward();
            CheckTerms(step, terms, what);
            LossAssert.Close(step.GetProperty("grad_features"), features.grad!, $"{what} grad_features");
            LossAssert.Close(step.GetProperty("lr_model").GetDouble(), rate, $"{what} lr_model");
            LossAssert.Close(
                step.GetProperty("lr_center").GetDouble(), item.Optimizer.CenterLearningRate, $"{what} lr_center");
            adam.Step(rate);
            centers.Step();
            JsonElement after = step.GetProperty("after");
            LossAssert.Close(after.GetProperty("features"), features, $"{what} features");
            LossAssert.Close(after.GetProperty("fc_weight"), objective.Classifier, $"{what} fc_weight");
            LossAssert.Close(after.GetProperty("centers"), objective.Centers, $"{what} centers");
            LossAssert.Close(after.GetProperty("bn_weight"), neck.weight!, $"{what} bn_weight");
            LossAssert.Close(after.GetProperty("bn_bias"), neck.bias!, $"{what} bn_bias");
            LossAssert.Close(after.GetProperty("bn_running_mean"), neck.running_mean!, $"{what} bn_running_mean");
            LossAssert.Close(after.GetProperty("bn_running_var"), neck.running_var!, $"{what} bn_running_var");
        }
    }

    private static void CheckTerms(JsonElement step, LossTerms terms, string what)
    {
        LossAssert.Close(step.GetProperty("total"), terms.Total, $"{what} total");
        JsonElement losses = step.GetProperty("losses");
        CheckTerm(losses, "query_xent", terms.CrossEntropy, what);
        CheckTerm(losses, "query_triplet", terms.Triplet, what);
        CheckTerm(losses, "query_center", terms.Center, what);
        CheckTerm(losses, "centroid_triplet", terms.CentroidTriplet, what);
        JsonElement logged = step.GetProperty("logged");
        CheckTerm(logged, "step_dist_ap", terms.Positive, what);
        CheckTerm(logged, "step_dist_an", terms.Negative, what);
        CheckTerm(logged, "l2_mean_centroid", terms.CentroidNorm, what);
    }

    private static void CheckTerm(JsonElement parent, string name, Tensor? actual, string what)
    {
        Assert.Equal(parent.TryGetProperty(name, out JsonElement expected), actual is not null);
        if (actual is not null)
        {
            LossAssert.Close(expected, actual, $"{what} {name}");
        }
    }
}
