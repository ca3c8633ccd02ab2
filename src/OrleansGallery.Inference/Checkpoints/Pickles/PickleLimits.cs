namespace OrleansGallery.Inference.Checkpoints;

/// <summary>What a pickle may cost. The largest checkpoints of the networks here need less than a hundredth of each.</summary>
internal static class PickleLimits
{
    /// <summary>Bytes of one pickle, tensors' numbers not counted.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Instructions of one pickle.</summary>
    public const int MaxInstructions = 4_000_000;

    /// <summary>Entries of the memo.</summary>
    public const int MaxMemo = 1_000_000;

    /// <summary>Values on the stack, and open marks.</summary>
    public const int MaxStack = 1_000_000;

    /// <summary>Containers within containers.</summary>
    public const int MaxDepth = 256;

    /// <summary>Bytes of an integer; a Mersenne twister's state is made of small ones.</summary>
    public const int MaxIntegerBytes = 64;

    /// <summary>Axes of a tensor.</summary>
    public const int MaxRank = 32;

    /// <summary>Elements of a tensor that repeats its storage's numbers (stride 0): expanded, it could be of any size.</summary>
    public const long MaxRepeated = 1 << 24;
}
