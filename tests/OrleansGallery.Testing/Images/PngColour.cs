namespace OrleansGallery.Testing;

/// <summary>PNG's colour types.</summary>
public enum PngColour
{
    /// <summary>One sample: grey.</summary>
    Grey = 0,

    /// <summary>Three samples.</summary>
    Rgb = 2,

    /// <summary>One index into PLTE.</summary>
    Palette = 3,

    /// <summary>Grey and alpha.</summary>
    GreyAlpha = 4,

    /// <summary>Four samples.</summary>
    Rgba = 6,
}
