using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Trainer;

/// <summary>Keeps what a run says, and stops it after some steps where told to.</summary>
internal sealed class RecordingView(long stopAfter = long.MaxValue) : ITrainingView
{
    public CancellationTokenSource Stop { get; } = new();

    public List<string> Messages { get; } = [];

    public List<TrainingProgress> Steps { get; } = [];

    public List<EvaluationRecord> Evaluations { get; } = [];

    public void OnMessage(string message) => Messages.Add(message);

    public void OnStep(TrainingProgress progress)
    {
        Steps.Add(progress);
        if (progress.Last.Step >= stopAfter)
        {
            Stop.Cancel();
        }
    }

    public void OnEvaluation(EvaluationRecord record) => Evaluations.Add(record);
}
