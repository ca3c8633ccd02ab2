namespace OrleansGallery.Drawing;

/// <summary>What the frame around an image of a grid says.</summary>
public enum TileFrame
{
    /// <summary>Black: what is searched for.</summary>
    Query,

    /// <summary>Green.</summary>
    Right,

    /// <summary>Red.</summary>
    Wrong,
}
