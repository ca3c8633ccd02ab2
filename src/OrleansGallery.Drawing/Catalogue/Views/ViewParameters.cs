namespace OrleansGallery.Drawing;

/// <summary>Everything that one view adds to its product.</summary>
internal sealed record ViewParameters
{
    /// <summary>The largest part of the silhouette that is covered.</summary>
    public const double MaxOcclusion = 0.35;

    /// <summary>The least part of the silhouette that is inside the image and not covered.</summary>
    public const double MinVisible = 0.45;

    public required ViewPose Pose { get; init; }

    public required ViewCamera Camera { get; init; }

    /// <summary>What stands in front of the product, none to two.</summary>
    public required IReadOnlyList<Occluder> Occluders { get; init; }

    /// <summary>The part of the silhouette that is covered, inside the image or not.</summary>
    public required double Occlusion { get; init; }

    /// <summary>The part of the silhouette that is inside the image and not covered.</summary>
    public required double Visible { get; init; }

    /// <summary>Where the background's random numbers start; independent of the product.</summary>
    public required ulong BackgroundSeed { get; init; }

    /// <summary>Where the noise's random numbers start.</summary>
    public required ulong NoiseSeed { get; init; }
}
