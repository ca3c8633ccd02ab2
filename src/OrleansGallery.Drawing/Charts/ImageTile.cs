using OrleansGallery.Imaging;

namespace OrleansGallery.Drawing;

/// <summary>One image of a grid.</summary>
/// <param name="Image">Its pixels; all tiles of a grid have one shape.</param>
/// <param name="Frame">The frame's colour.</param>
/// <param name="Caption">Written below it.</param>
public sealed record ImageTile(PixelImage Image, TileFrame Frame, string Caption);
