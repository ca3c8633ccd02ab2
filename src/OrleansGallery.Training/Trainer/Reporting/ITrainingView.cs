namespace OrleansGallery.Training;

/// <summary>Watches a run.</summary>
public interface ITrainingView
{
    /// <summary>Something to know before or during the run: sizes, what is left out, a checkpoint found.</summary>
    /// <param name="message">A sentence.</param>
    void OnMessage(string message);

    /// <summary>Some steps are done.</summary>
    /// <param name="progress">The last one's figures, speed and time left.</param>
    void OnStep(TrainingProgress progress);

    /// <summary>The network was evaluated.</summary>
    /// <param name="record">The figures.</param>
    void OnEvaluation(EvaluationRecord record);
}
