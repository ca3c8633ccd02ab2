namespace OrleansGallery.Drawing;

/// <summary>A random smooth outline: a radius that swings with a few waves.</summary>
internal readonly struct SmoothMask
{
    private const int Waves = 4;
    private const double Edge = 0.06;

    private readonly double[] _sizes;
    private readonly double[] _phases;
    private readonly double _radius;

    private SmoothMask(double radius, double[] sizes, double[] phases) =>
        (_radius, _sizes, _phases) = (radius, sizes, phases);

    public static SmoothMask Draw(IRandomNumbers random)
    {
        double[] sizes = new double[Waves];
        double[] phases = new double[Waves];
        for (int i = 0; i < Waves; i++)
        {
            sizes[i] = random.Uniform(0, 0.25 / (i + 1));
            phases[i] = random.Uniform(0, 2 * Math.PI);
        }

        return new SmoothMask(random.Uniform(0.7, 0.95), sizes, phases);
    }

    /// <summary>How much of the object a place of the crop (-1 to 1) shows, 0 to 1.</summary>
    public double At(double x, double y)
    {
        double angle = Math.Atan2(y, x);
        double radius = _radius;
        for (int i = 0; i < Waves; i++)
        {
            radius += _sizes[i] * Math.Sin(((i + 2) * angle) + _phases[i]);
        }

        return Math.Clamp(((radius - Math.Sqrt((x * x) + (y * y))) / Edge) + 0.5, 0, 1);
    }
}
