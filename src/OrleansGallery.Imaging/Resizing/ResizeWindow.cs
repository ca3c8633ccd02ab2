namespace OrleansGallery.Imaging;

/// <summary>A part of a resized image that is made without the rest.</summary>
/// <param name="FullHeight">Rows of the whole.</param>
/// <param name="FullWidth">Columns of the whole.</param>
/// <param name="Top">The part's first row.</param>
/// <param name="Left">The part's first column.</param>
/// <param name="Height">The part's rows.</param>
/// <param name="Width">The part's columns.</param>
internal readonly record struct ResizeWindow(
    long FullHeight, long FullWidth, long Top, long Left, int Height, int Width);
