namespace OrleansGallery.Contracts;

/// <summary>What a threshold does.</summary>
public sealed record CalibrationPoint
{
    /// <summary>The score that is enough, -1 to 1.</summary>
    public required double Threshold { get; init; }

    /// <summary>False-positive identification rate: of the images, searched without their own identity, the share whose
    /// best match reaches the threshold; 0 to 1.</summary>
    public required double Fpir { get; init; }

    /// <summary>False-negative identification rate: of the images of identities that have others, the share whose own
    /// identity, without the image, is below the threshold or not first; 0 to 1. Null: no identity has two.</summary>
    public double? Fnir { get; init; }
}
