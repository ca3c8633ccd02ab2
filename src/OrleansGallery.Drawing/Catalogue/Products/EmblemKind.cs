namespace OrleansGallery.Drawing;

/// <summary>The small figure beside or above a label's text. The order is part of the look.</summary>
internal enum EmblemKind
{
    /// <summary>A star of five points.</summary>
    Star,

    /// <summary>A ring.</summary>
    Ring,

    /// <summary>A triangle.</summary>
    Triangle,

    /// <summary>A plus-shaped cross.</summary>
    Cross,

    /// <summary>A diamond.</summary>
    Diamond,

    /// <summary>A heart.</summary>
    Heart,

    /// <summary>A leaf.</summary>
    Leaf,

    /// <summary>A bolt of lightning.</summary>
    Bolt,

    /// <summary>A crescent.</summary>
    Crescent,

    /// <summary>Three bars of growing height.</summary>
    Bars,
}
