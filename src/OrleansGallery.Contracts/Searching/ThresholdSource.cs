namespace OrleansGallery.Contracts;

/// <summary>Where the threshold of a decision comes from.</summary>
public enum ThresholdSource
{
    /// <summary>There is none: the best match is always taken.</summary>
    None,

    /// <summary>From the request.</summary>
    Request,

    /// <summary>From whoever created the gallery.</summary>
    Gallery,

    /// <summary>From the gallery's calibration.</summary>
    Calibration,
}
