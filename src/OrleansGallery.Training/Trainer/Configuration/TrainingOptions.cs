namespace OrleansGallery.Training;

/// <summary>
/// Everything about a training run: what <c>gallery train CONFIG</c> reads, as JSON with camel-case names. Left out
/// means default; a name that does not exist is refused.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>The model's name, the first part of its id. Default: model.</summary>
    public string Name { get; init; } = "model";

    /// <summary>A sentence on where the images and initial weights come from; it is kept in the model.</summary>
    public string Provenance { get; init; } = string.Empty;

    /// <summary>Where all randomness starts. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>Epochs. Default: 120.</summary>
    public int Epochs { get; init; } = 120;

    /// <summary>The network.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The images.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The batches.</summary>
    public SamplerOptions Sampler { get; init; } = new();

    /// <summary>What is done to images.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>The loss.</summary>
    public LossOptions Loss { get; init; } = new();

    /// <summary>The optimisers.</summary>
    public OptimizationOptions Optimization { get; init; } = new();

    /// <summary>The learning rate over the run.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Evaluation during training.</summary>
    public PeriodicEvaluationOptions Evaluation { get; init; } = new();

    /// <summary>How the machine is used.</summary>
    public RuntimeOptions Runtime { get; init; } = new();
}
