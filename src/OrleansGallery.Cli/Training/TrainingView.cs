using System.Globalization;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>A training run as lines on standard error.</summary>
/// <param name="error">Where to.</param>
internal sealed class TrainingView(TextWriter error) : ITrainingView
{
    public void OnMessage(string message) => error.WriteLine(message);

    public void OnStep(TrainingProgress progress)
    {
        StepRecord last = progress.Last;
        string terms = string.Concat(
            Term("ce", last.CrossEntropy), Term("centroid ce", last.CentroidCrossEntropy),
            Term("triplet", last.Triplet), Term("ctl", last.CentroidTriplet), Term("center", last.Center));
        error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {last.Epoch + 1}/{progress.Epochs} step {progress.StepInEpoch}/{progress.StepsPerEpoch}  "
            + $"loss {last.Total:0.0000}{terms}  ap/an {last.Positive:0.000}/{last.Negative:0.000}  "
            + $"lr {last.LearningRate:0.0e+0}  {Figures.Rate(progress.ImagesPerSecond)} images/s  "
            + $"waited {progress.WaitedForImages:P0}  left {Figures.Duration(progress.Left)}"));
    }

    public void OnEvaluation(EvaluationRecord record) => error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"after epoch {record.Epochs}: {record.Identities} unseen identities, {record.Queries} queries: centroid "
        + $"rank-1 {record.CentroidRank1:0.0000} mAP {record.CentroidMap:0.0000}, single image rank-1 "
        + $"{record.InstanceRank1:0.0000} mAP {record.InstanceMap:0.0000}"));

    private static string Term(string name, double? value) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $" {name} {number:0.000}") : string.Empty;
}
