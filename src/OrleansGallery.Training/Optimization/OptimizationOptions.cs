namespace OrleansGallery.Training;

/// <summary>The optimisers of network, classifier and centers.</summary>
public sealed record OptimizationOptions
{
    /// <summary>Network and classifier: <c>adam</c> (default, the paper's) or <c>adamW</c>.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate at full height; the schedule scales it. Default: 0.00035.</summary>
    public double LearningRate { get; init; } = 3.5e-4;

    /// <summary>Weight decay. Default: 0.0005.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Decay of the gradient's running mean. Default: 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the squared gradient's running mean. Default: 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>The centers' own learning rate (plain SGD on the unweighted center loss). Default: 0.5.</summary>
    public double CenterLearningRate { get; init; } = 0.5;
}
