namespace OrleansGallery.Training;

/// <summary>What the live view shows.</summary>
/// <param name="Last">The last step.</param>
/// <param name="Epochs">Epochs of the run.</param>
/// <param name="StepInEpoch">Steps done of this epoch.</param>
/// <param name="StepsPerEpoch">Steps of this epoch.</param>
/// <param name="ImagesPerSecond">Speed since the last report.</param>
/// <param name="Left">Time left at this speed, evaluations not counted.</param>
/// <param name="WaitedForImages">Share of the time that the network waited for images.</param>
public sealed record TrainingProgress(
    StepRecord Last,
    int Epochs,
    int StepInEpoch,
    int StepsPerEpoch,
    double ImagesPerSecond,
    TimeSpan Left,
    double WaitedForImages);
