namespace OrleansGallery.Contracts;

/// <summary>What one stage of the scans did.</summary>
public sealed record ScanStage
{
    /// <summary>The rows whose score it bounded.</summary>
    public required long Bounded { get; init; }

    /// <summary>Those whose bound reached the k-th score known by then, and which the next stage looked at.</summary>
    public required long Passed { get; init; }
}
