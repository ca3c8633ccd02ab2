namespace OrleansGallery.Training;

/// <summary>What a batch is made of: P identities with K images each.</summary>
public sealed record SamplerOptions
{
    /// <summary>Identities per batch, P. Default: 16.</summary>
    public int Identities { get; init; } = 16;

    /// <summary>Images per identity, K; also the number of centroid rounds. Default: 4.</summary>
    public int Images { get; init; } = 4;

    /// <summary>What stands where an identity has no image left: <c>mock</c> (default) or <c>resample</c>.</summary>
    public FillKind Fill { get; init; } = FillKind.Mock;

    /// <summary>
    /// Steps per epoch; the data is gone through as often as that takes. Default: 0, one pass, as the paper has it.
    /// </summary>
    public int StepsPerEpoch { get; init; }
}
