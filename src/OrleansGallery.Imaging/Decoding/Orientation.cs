namespace OrleansGallery.Imaging;

/// <summary>
/// EXIF tag 0x0112: which sides of the upright picture the stored first row and first column are.
/// </summary>
public enum Orientation
{
    /// <summary>Stored upright.</summary>
    TopLeft = 1,

    /// <summary>Mirrored left to right.</summary>
    TopRight = 2,

    /// <summary>Turned by 180 degrees.</summary>
    BottomRight = 3,

    /// <summary>Mirrored top to bottom.</summary>
    BottomLeft = 4,

    /// <summary>Transposed: rows are columns.</summary>
    LeftTop = 5,

    /// <summary>Upright after a clockwise turn by 90 degrees.</summary>
    RightTop = 6,

    /// <summary>Transposed along the other diagonal.</summary>
    RightBottom = 7,

    /// <summary>Upright after a counter-clockwise turn by 90 degrees.</summary>
    LeftBottom = 8,
}

internal static class OrientationExtensions
{
    /// <summary>Whether stored rows become upright columns.</summary>
    public static bool SwapsSides(this Orientation orientation) => orientation >= Orientation.LeftTop;
}
