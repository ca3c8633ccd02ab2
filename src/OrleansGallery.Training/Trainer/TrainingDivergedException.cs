namespace OrleansGallery.Training;

/// <summary>The loss became NaN or infinite; the run stopped before the weights did.</summary>
/// <param name="step">The step, from 1.</param>
/// <param name="message">What happened and which images were in the batch.</param>
public sealed class TrainingDivergedException(long step, string message) : Exception(message)
{
    /// <summary>The step, from 1.</summary>
    public long Step { get; } = step;
}
