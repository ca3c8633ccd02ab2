namespace OrleansGallery.Imaging;

/// <summary>How a resized pixel weighs its sources. Both widen with the scale when shrinking (antialiased).</summary>
public enum ResizeFilter
{
    /// <summary>Triangle, one source pixel to each side; what the reference model's images are resized with.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5, two source pixels to each side.</summary>
    Bicubic,
}
