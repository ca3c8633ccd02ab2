namespace OrleansGallery.Drawing;

/// <summary>The outline of a label's plate. The order is part of the look.</summary>
internal enum PlateKind
{
    /// <summary>A rectangle.</summary>
    Rectangle,

    /// <summary>A rectangle with round corners.</summary>
    Rounded,

    /// <summary>An ellipse.</summary>
    Ellipse,

    /// <summary>A hexagon with points to the left and right.</summary>
    Hexagon,

    /// <summary>A ribbon with notched ends.</summary>
    Ribbon,

    /// <summary>A shield, pointed below.</summary>
    Shield,
}
