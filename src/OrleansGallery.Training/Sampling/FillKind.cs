namespace OrleansGallery.Training;

/// <summary>What stands in a batch where an identity has no image left.</summary>
public enum FillKind
{
    /// <summary>Nothing: a row of zeros that is no anchor (the paper's CTL runs).</summary>
    Mock,

    /// <summary>One of the images just taken, once more (the paper's baseline).</summary>
    Resample,
}
