using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Sizes of images as people give them: <c>256x128</c>, height first.</summary>
internal static class PixelSize
{
    /// <summary>The longest side.</summary>
    public const int MaxSide = 4096;

    /// <summary>Reads one.</summary>
    /// <returns>Height and width; null: it is none, or a side is not from 1 to <see cref="MaxSide"/>.</returns>
    public static (int Height, int Width)? Parse(string? text) =>
        text?.Split('x') is [string first, string second]
        && PlainNumber.TryParse(first, out int height) && PlainNumber.TryParse(second, out int width)
        && height is >= 1 and <= MaxSide && width is >= 1 and <= MaxSide
            ? (height, width)
            : null;
}
