namespace OrleansGallery.Training;

/// <summary>What is done to an image before it is trained on; the defaults are the paper's.</summary>
public sealed record AugmentationOptions
{
    /// <summary>How often the image is mirrored. Default: 0.5.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Pixels put around it before a part of the old size is cut out. Default: 10.</summary>
    public int Padding { get; init; } = 10;

    /// <summary>Their grey level, 0 to 255: white for drawings on paper. Default: 0, black.</summary>
    public int PaddingLevel { get; init; }

    /// <summary>How often a rectangle is erased. Default: 0.5.</summary>
    public double ErasingProbability { get; init; } = 0.5;

    /// <summary>The rectangle's least share of the area. Default: 0.02.</summary>
    public double ErasingMinArea { get; init; } = 0.02;

    /// <summary>The rectangle's largest share of the area. Default: 0.4.</summary>
    public double ErasingMaxArea { get; init; } = 0.4;

    /// <summary>The rectangle's least height by width; the largest is its inverse. Default: 0.3.</summary>
    public double ErasingAspect { get; init; } = 0.3;
}
