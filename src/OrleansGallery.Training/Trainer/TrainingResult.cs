namespace OrleansGallery.Training;

/// <summary>What a finished run leaves.</summary>
public sealed record TrainingResult
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>Steps in all.</summary>
    public required long Steps { get; init; }

    /// <summary>Epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Identities trained on.</summary>
    public required int Identities { get; init; }

    /// <summary>Images trained on.</summary>
    public required int Images { get; init; }

    /// <summary>Images that could not be read and were skipped.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>The last step's loss; null where the run was complete already.</summary>
    public required double? Loss { get; init; }

    /// <summary>Seconds of training, over all stretches.</summary>
    public required double Seconds { get; init; }

    /// <summary>The evaluation of the finished model; null where there is nothing to evaluate on.</summary>
    public EvaluationRecord? Evaluation { get; init; }
}
