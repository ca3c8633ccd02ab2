using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Plates and emblems as paths.</summary>
internal static class LabelPaths
{
    /// <summary>A plate that fills a rectangle.</summary>
    public static SKPath Plate(PlateKind kind, SKRect r)
    {
        float notch = Math.Min(r.Height * 0.3f, r.Width * 0.14f);
        return kind switch
        {
            PlateKind.Rectangle => Svg.Path($"M{r.Left} {r.Top} H{r.Right} V{r.Bottom} H{r.Left} Z"),
            PlateKind.Rounded => Rounded(r, Math.Min(r.Width, r.Height) * 0.28f),
            PlateKind.Ellipse => Ellipse(r),
            PlateKind.Hexagon => Svg.Path($@"M{r.Left} {r.MidY} L{r.Left + notch} {r.Top} L{r.Right - notch} {r.Top}
                L{r.Right} {r.MidY} L{r.Right - notch} {r.Bottom} L{r.Left + notch} {r.Bottom} Z"),
            PlateKind.Ribbon => Svg.Path($@"M{r.Left} {r.Top} L{r.Right} {r.Top} L{r.Right - notch} {r.MidY}
                L{r.Right} {r.Bottom} L{r.Left} {r.Bottom} L{r.Left + notch} {r.MidY} Z"),
            PlateKind.Shield => Svg.Path($@"M{r.Left} {r.Top} H{r.Right} V{r.Bottom - (r.Height * 0.22f)}
                L{r.MidX} {r.Bottom} L{r.Left} {r.Bottom - (r.Height * 0.22f)} Z"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown plate."),
        };
    }

    /// <summary>How much of a plate's width and height is free for text and emblem.</summary>
    public static SKSize Usable(PlateKind kind) => kind switch
    {
        PlateKind.Ellipse => new SKSize(0.8f, 0.74f),
        PlateKind.Hexagon or PlateKind.Ribbon => new SKSize(0.76f, 0.84f),
        PlateKind.Shield => new SKSize(0.86f, 0.66f),
        _ => new SKSize(0.86f, 0.82f),
    };

    /// <summary>An emblem in a square of side 1 around (0, 0), to be filled.</summary>
    public static SKPath Emblem(EmblemKind kind) => Svg.Parse(kind switch
    {
        EmblemKind.Star => "M0 -.5 L.14 -.15 L.5 -.15 L.21 .09 L.31 .46 L0 .24 " +
            "L-.31 .46 L-.21 .09 L-.5 -.15 L-.14 -.15 Z",
        EmblemKind.Ring => "M0 -.5 C.67 -.5 .67 .5 0 .5 C-.67 .5 -.67 -.5 0 -.5 Z " +
            "M0 -.26 C-.34 -.26 -.34 .26 0 .26 C.34 .26 .34 -.26 0 -.26 Z",
        EmblemKind.Triangle => "M0 -.46 L.5 .42 L-.5 .42 Z",
        EmblemKind.Cross => "M-.17 -.5 H.17 V-.17 H.5 V.17 H.17 V.5 H-.17 V.17 H-.5 V-.17 H-.17 Z",
        EmblemKind.Diamond => "M0 -.5 L.36 0 L0 .5 L-.36 0 Z",
        EmblemKind.Heart => "M0 .48 C-.72 0 -.5 -.5 -.22 -.44 C-.08 -.42 0 -.3 0 -.22 " +
            "C0 -.3 .08 -.42 .22 -.44 C.5 -.5 .72 0 0 .48 Z",
        EmblemKind.Leaf => "M-.45 .45 C-.6 -.3 .1 -.5 .48 -.48 C.5 .1 .3 .6 -.32 .34 L-.42 .5 Z",
        EmblemKind.Bolt => "M.1 -.5 L-.36 .1 L-.04 .1 L-.12 .5 L.36 -.12 L.04 -.12 Z",
        EmblemKind.Crescent => "M.2 -.48 C-.62 -.56 -.62 .56 .2 .48 C-.2 .3 -.2 -.3 .2 -.48 Z",
        EmblemKind.Bars => "M-.46 .1 H-.2 V.5 H-.46 Z M-.13 -.2 H.13 V.5 H-.13 Z M.2 -.5 H.46 V.5 H.2 Z",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown emblem."),
    });

    private static SKPath Rounded(SKRect rect, float radius)
    {
        using SKPathBuilder path = new();
        path.AddRoundRect(rect, radius, radius, SKPathDirection.Clockwise);
        return path.Detach();
    }

    private static SKPath Ellipse(SKRect rect)
    {
        using SKPathBuilder path = new();
        path.AddOval(rect, SKPathDirection.Clockwise);
        return path.Detach();
    }
}
