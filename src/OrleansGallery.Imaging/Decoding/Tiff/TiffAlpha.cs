namespace OrleansGallery.Imaging;

/// <summary>What the first sample beside the colour is.</summary>
internal enum TiffAlpha
{
    None,

    /// <summary>Colours are stored multiplied by alpha.</summary>
    Associated,

    /// <summary>Colours are stored as they are.</summary>
    Unassociated,
}
