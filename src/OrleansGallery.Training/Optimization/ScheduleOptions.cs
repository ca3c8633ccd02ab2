namespace OrleansGallery.Training;

/// <summary>The learning rate over the run.</summary>
public sealed record ScheduleOptions
{
    /// <summary><c>multiStep</c> (default, the paper's) or <c>cosine</c>.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.MultiStep;

    /// <summary>Epochs of linear warm-up, the first at 1/n of the rate. 0 for none. Default: 10.</summary>
    public int WarmUpEpochs { get; init; } = 10;

    /// <summary>
    /// Steps of linear warm-up instead, for runs whose epochs are long; it goes with <c>warmUpEpochs</c> 0. Default: 0.
    /// </summary>
    public int WarmUpSteps { get; init; }

    /// <summary>Multi-step: epochs (from 0) from which on the rate is multiplied once more. Default: 40, 70.</summary>
    public IReadOnlyList<int> Milestones { get; init; } = [40, 70];

    /// <summary>Multi-step: the factor. Default: 0.1.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>
    /// Cosine: the epoch (from 0) at which the fall begins; before it the rate is constant. Default: 0.
    /// </summary>
    public int CosineFrom { get; init; }

    /// <summary>Cosine: what the rate ends at, as a share of its height. Default: 0.</summary>
    public double Floor { get; init; }
}
