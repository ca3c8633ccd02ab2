namespace OrleansGallery.Inference;

/// <summary>The order of an input's colours.</summary>
public enum GraphChannels
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}
