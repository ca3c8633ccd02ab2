namespace OrleansGallery.Training;

/// <summary>How the learning rate falls.</summary>
public enum ScheduleKind
{
    /// <summary>By a factor at given epochs, as the paper has it.</summary>
    MultiStep,

    /// <summary>Constant, then along half a cosine to the end of the run, step by step.</summary>
    Cosine,
}
