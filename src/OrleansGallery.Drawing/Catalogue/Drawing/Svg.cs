using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Paths written as SVG path data with numbers filled in.</summary>
internal static class Svg
{
    public static SKPath Path(FormattableString data) => Parse(FormattableString.Invariant(data));

    public static SKPath Parse(string data)
        => SKPath.ParseSvgPathData(data)
            ?? throw new ArgumentException($"Not SVG path data: '{data}'.", nameof(data));
}
