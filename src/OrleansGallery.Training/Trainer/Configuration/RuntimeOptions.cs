namespace OrleansGallery.Training;

/// <summary>
/// How the run uses the machine, and what it writes. Nothing here may change while results are compared.
/// </summary>
public sealed record RuntimeOptions
{
    /// <summary><c>cpu</c> (default), <c>cuda</c> or <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Threads of the forward and backward pass; sums depend on it in their last bits. Default: 0, as many as cores.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>Threads that read, decode and augment. Results do not depend on it. Default: 2.</summary>
    public int LoaderThreads { get; init; } = 2;

    /// <summary>Batches kept ready. Default: 3.</summary>
    public int BatchesAhead { get; init; } = 3;

    /// <summary>
    /// Where the network runs in bfloat16 (losses stay in float32): <c>cuda</c> (default), <c>always</c> or
    /// <c>never</c>.
    /// </summary>
    public MixedPrecisionKind MixedPrecision { get; init; }

    /// <summary>
    /// Whether images lie channel by channel for each pixel, which Torch's CPU convolutions run faster on; sums differ
    /// in their last bits. Default: false.
    /// </summary>
    public bool ChannelsLast { get; init; }

    /// <summary>Steps between two checkpoints within an epoch. Default: 0, at the end of each epoch only.</summary>
    public int CheckpointEverySteps { get; init; }

    /// <summary>Steps between two lines of the log. Default: 10.</summary>
    public int LogEverySteps { get; init; } = 10;
}
