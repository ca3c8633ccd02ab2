namespace OrleansGallery.Retrieval;

/// <summary>How a scan goes about its work. The answer depends on none of it, but for the switches of tests that weaken
/// a bound to see that it is noticed.</summary>
internal sealed record ScanTuning
{
    /// <summary>What every scan uses.</summary>
    public static ScanTuning Default { get; } = new();

    /// <summary>Bounds that a thread keeps at once: half a mebibyte, which stays in a core's second cache.</summary>
    public int BoundsPerThread { get; init; } = 128 << 10;

    /// <summary>The most rows of a part of the job.</summary>
    public int MaxPartRows { get; init; } = 16 << 10;

    /// <summary>The first stage is left out where it lets this share of the rows pass.</summary>
    public double SkipShare { get; init; } = 0.5;

    /// <summary>Whether the first stage is used; benchmarks compare.</summary>
    public bool UseProjections { get; init; } = true;

    /// <summary>Whether codes are used at all; benchmarks compare.</summary>
    public bool UseCodes { get; init; } = true;

    /// <summary>Added to the first stage's bounds; below zero it makes answers wrong.</summary>
    public float ProjectedSlack { get; init; }

    /// <summary>Added to the second stage's bounds; below zero it makes answers wrong.</summary>
    public double QuantizedSlack { get; init; }

    /// <summary>Added to the bounds of rows without codes; below zero it makes answers wrong.</summary>
    public double Flat { get; init; }
}
