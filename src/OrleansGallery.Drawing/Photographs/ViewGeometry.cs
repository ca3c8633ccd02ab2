namespace OrleansGallery.Drawing;

/// <summary>How a view looks at a crop: output pixels to places in the crop, by a projective map.</summary>
internal readonly struct ViewGeometry
{
    private readonly double _a;
    private readonly double _b;
    private readonly double _c;
    private readonly double _d;
    private readonly double _e;
    private readonly double _f;
    private readonly double _g;
    private readonly double _h;

    private ViewGeometry(double a, double b, double c, double d, double e, double f, double g, double h) =>
        (_a, _b, _c, _d, _e, _f, _g, _h) = (a, b, c, d, e, f, g, h);

    /// <summary>Draws one.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="share">Width of what is seen, by the crop's; above 1 the crop is smaller than the view.</param>
    /// <returns>The map between squares of side 2 around the origin.</returns>
    public static ViewGeometry Draw(IRandomNumbers random, double share)
    {
        double aspect = Math.Exp(random.Uniform(-0.25, 0.25));
        double angle = random.Chance(0.15) ? random.Uniform(-Math.PI, Math.PI) : random.Uniform(-0.4, 0.4);
        double flip = random.Chance(0.5) ? -1 : 1;
        double width = share * Math.Sqrt(aspect);
        double height = share / Math.Sqrt(aspect);
        // What is seen stays inside the crop where it is smaller, and around it where it is larger.
        double room = Math.Abs(1 - share);
        (double x, double y) = (random.Uniform(-room, room), random.Uniform(-room, room));
        (double sin, double cos) = Math.SinCos(angle);
        return new ViewGeometry(
            flip * width * cos, -height * sin, x, flip * width * sin, height * cos, y,
            random.Uniform(-0.12, 0.12), random.Uniform(-0.12, 0.12));
    }

    /// <summary>Maps a place of the view to one of the crop, both -1 to 1.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        double depth = 1 + (_g * x) + (_h * y);
        return (((_a * x) + (_b * y) + _c) / depth, ((_d * x) + (_e * y) + _f) / depth);
    }
}
