namespace OrleansGallery.Drawing;

/// <summary>Draws occluders around the origin, in shorter image sides times the given unit.</summary>
internal static class OccluderShapes
{
    private const int Kinds = 5;

    public static Occluder Draw(KeyedRandom random, double unit)
    {
        double size = unit * random.Uniform(0.14, 0.3);
        double angle = random.Uniform(0, 2 * Math.PI);
        CatalogueColour colour = CatalogueColour.Dull(random);
        List<(double X, double Y)[]> polygons;
        switch (random.Below(Kinds))
        {
            case 0:
                polygons = Hand(random, size, angle);
                colour = CatalogueColour.FromHsv(
                    random.Uniform(0.03, 0.09), random.Uniform(0.25, 0.65), random.Uniform(0.3, 0.95));
                break;
            case 1:
                polygons = [Blob(random, size)];
                break;
            case 2:
                polygons = [Quad(size * random.Uniform(1.5, 2.6), size * random.Uniform(0.2, 0.4), angle)];
                break;
            case 3:
                polygons = [Quad(size, size * random.Uniform(0.5, 1), angle)];
                break;
            default:
                polygons = [Ellipse(0, 0, size, size * random.Uniform(0.5, 1), angle)];
                break;
        }

        return new Occluder(polygons, colour, CatalogueColour.Dull(random));
    }

    /// <summary>A palm with four fingers; only its outline matters.</summary>
    private static List<(double X, double Y)[]> Hand(KeyedRandom random, double size, double angle)
    {
        List<(double X, double Y)[]> parts = [Ellipse(0, 0, size * 0.85, size * 0.75, angle)];
        double spread = random.Uniform(0.2, 0.36);
        for (int finger = 0; finger < 4; finger++)
        {
            double direction = angle + ((finger - 1.5) * spread);
            double length = size * random.Uniform(0.55, 0.8);
            double reach = size * 1.05;
            parts.Add(Ellipse(
                Math.Cos(direction) * reach, Math.Sin(direction) * reach,
                length, size * random.Uniform(0.15, 0.2), direction));
        }

        return parts;
    }

    private static (double X, double Y)[] Blob(KeyedRandom random, double size)
    {
        double[] amplitudes = [random.Uniform(0, 0.3), random.Uniform(0, 0.2), random.Uniform(0, 0.12)];
        double[] phases = [random.Uniform(0, 6.28), random.Uniform(0, 6.28), random.Uniform(0, 6.28)];
        (double X, double Y)[] corners = new (double X, double Y)[32];
        for (int i = 0; i < corners.Length; i++)
        {
            double t = i * 2 * Math.PI / corners.Length;
            double radius = size;
            for (int harmonic = 0; harmonic < amplitudes.Length; harmonic++)
            {
                radius += size * amplitudes[harmonic] * Math.Cos(((harmonic + 2) * t) + phases[harmonic]);
            }

            corners[i] = (radius * Math.Cos(t), radius * Math.Sin(t));
        }

        return corners;
    }

    private static (double X, double Y)[] Quad(double halfWidth, double halfHeight, double angle)
        => [At(0, 0, -halfWidth, -halfHeight, angle), At(0, 0, halfWidth, -halfHeight, angle),
            At(0, 0, halfWidth, halfHeight, angle), At(0, 0, -halfWidth, halfHeight, angle)];

    private static (double X, double Y)[] Ellipse(double x, double y, double radiusX, double radiusY, double angle)
    {
        (double X, double Y)[] corners = new (double X, double Y)[24];
        for (int i = 0; i < corners.Length; i++)
        {
            double t = i * 2 * Math.PI / corners.Length;
            corners[i] = At(x, y, radiusX * Math.Cos(t), radiusY * Math.Sin(t), angle);
        }

        return corners;
    }

    private static (double X, double Y) At(double x, double y, double dx, double dy, double angle)
        => (x + (dx * Math.Cos(angle)) - (dy * Math.Sin(angle)), y + (dx * Math.Sin(angle)) + (dy * Math.Cos(angle)));
}
