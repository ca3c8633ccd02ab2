using System.Diagnostics;
using OrleansGallery.Training;

namespace OrleansGallery.Benchmarks.Training;

/// <summary>Notes when each step of a run ended.</summary>
internal sealed class StepTimes : ITrainingView
{
    private readonly List<long> _ends = [];

    public void OnMessage(string message)
    {
    }

    public void OnStep(TrainingProgress progress) => _ends.Add(Stopwatch.GetTimestamp());

    public void OnEvaluation(EvaluationRecord record)
    {
    }

    /// <summary>Speed over the last steps; what came before them is warm-up.</summary>
    public double ImagesPerSecond(int batchSize, int steps) =>
        steps * batchSize / Stopwatch.GetElapsedTime(_ends[^(steps + 1)], _ends[^1]).TotalSeconds;
}
