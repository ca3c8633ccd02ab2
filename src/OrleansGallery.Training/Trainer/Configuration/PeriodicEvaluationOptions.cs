using OrleansGallery.Retrieval;

namespace OrleansGallery.Training;

/// <summary>When and how the network is evaluated during training, on identities it is not trained on.</summary>
public sealed record PeriodicEvaluationOptions
{
    /// <summary>Every how many epochs; 0 for only after the last one, where it is always done. Default: 40.</summary>
    public int EveryEpochs { get; init; } = 40;

    /// <summary><c>reid</c> (queries do not see their own camera) or <c>fashion</c>. Default: fashion.</summary>
    public EvaluationProtocol Protocol { get; init; } = EvaluationProtocol.Fashion;

    /// <summary>
    /// Whether the best model is chosen by its centroids' mAP instead of its images'. Default: false.
    /// </summary>
    public bool ByCentroids { get; init; }

    /// <summary>
    /// How many of the gallery's identities are used, the first ones; the last evaluation uses all. Default: 0, all.
    /// </summary>
    public int MaxIdentities { get; init; }
}
