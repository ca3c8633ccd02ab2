namespace OrleansGallery.Drawing;

/// <summary>Draws a view's parameters within their limits.</summary>
internal static class ViewSampler
{
    private const double MinInside = 0.85;
    private const int SlideSteps = 24;

    public static ViewParameters Draw(KeyedRandom random, SilhouetteSamples samples, int width, int height)
    {
        ulong backgroundSeed = random.NextUInt64();
        ulong noiseSeed = random.NextUInt64();
        ViewCamera camera = Camera(random);
        ViewPose pose = Inside(Pose(random), samples, width, height);
        (double X, double Y)[] points = samples.In(new Projection(pose, width, height));
        Coverage coverage = new(points, width, height);
        List<Occluder> occluders = Occluders(random, pose, coverage, width, height);
        return new ViewParameters
        {
            Pose = pose,
            Camera = camera,
            Occluders = occluders,
            Occlusion = coverage.Covered,
            Visible = coverage.Visible,
            BackgroundSeed = backgroundSeed,
            NoiseSeed = noiseSeed,
        };
    }

    private static ViewPose Pose(KeyedRandom random)
    {
        double rotation = random.Uniform(-25, 25);
        if (random.Chance(0.15))
        {
            rotation = random.Uniform(25, 50) * (random.Chance(0.5) ? 1 : -1);
        }

        return new ViewPose(
            rotation, random.Uniform(-35, 35), random.Uniform(-25, 25), random.Uniform(0.5, 1.2),
            random.Uniform(-0.16, 0.16), random.Uniform(-0.16, 0.16));
    }

    private static ViewCamera Camera(KeyedRandom random)
    {
        // Uniform in the logarithm: half the light is as likely as double.
        double gain = 0.5 * Math.Pow(1.6 / 0.5, random.NextDouble());
        return new ViewCamera(
            gain,
            (random.Uniform(0.86, 1.14), random.Uniform(0.86, 1.14), random.Uniform(0.86, 1.14)),
            random.Uniform(0, 360),
            random.Uniform(0, 0.22),
            random.Chance(0.3) ? 0 : random.Uniform(0, 1.6),
            random.Uniform(0, 10),
            60 + random.Below(36));
    }

    /// <summary>Pulls the product to the middle until enough of it is inside the image.</summary>
    private static ViewPose Inside(ViewPose pose, SilhouetteSamples samples, int width, int height)
    {
        for (int attempt = 0; attempt < 12; attempt++)
        {
            (double X, double Y)[] points = samples.In(new Projection(pose, width, height));
            if (new Coverage(points, width, height).Visible >= MinInside)
            {
                return pose;
            }

            pose = pose with { ShiftX = pose.ShiftX * 0.75, ShiftY = pose.ShiftY * 0.75 };
        }

        return pose with { ShiftX = 0, ShiftY = 0 };
    }

    /// <summary>None for one view in four, else one or two that cover up to the limit between them.</summary>
    private static List<Occluder> Occluders(
        KeyedRandom random, ViewPose pose, Coverage coverage, int width, int height)
    {
        List<Occluder> occluders = [];
        if (random.Chance(0.25))
        {
            return occluders;
        }

        double target = random.Uniform(0.05, ViewParameters.MaxOcclusion);
        int count = random.Chance(0.35) ? 2 : 1;
        for (int i = 1; i <= count; i++)
        {
            Occluder occluder = OccluderShapes.Draw(random, Math.Min(width, height) * Math.Max(pose.Scale, 0.7));
            occluders.Add(Slide(random, occluder, pose, coverage, target * i / count, width, height));
        }

        return occluders;
    }

    /// <summary>Moves an occluder from outside towards the product for as long as it does not cover too much.</summary>
    private static Occluder Slide(
        KeyedRandom random, Occluder occluder, ViewPose pose, Coverage coverage, double target,
        int width, int height)
    {
        double unit = Math.Min(width, height);
        double direction = random.Uniform(0, 2 * Math.PI);
        double far = unit * 1.5;
        double x = (width / 2.0) + (pose.ShiftX * unit);
        double y = (height / 2.0) + (pose.ShiftY * unit);
        (double X, double Y) place = At(far);
        for (int step = 1; step <= SlideSteps; step++)
        {
            (double X, double Y) next = At(far * (1 - (step / (double)SlideSteps)));
            if (!coverage.Allows(occluder, next.X, next.Y, target))
            {
                break;
            }

            place = next;
        }

        Occluder placed = occluder.Moved(place.X, place.Y);
        coverage.Add(placed);
        return placed;

        (double X, double Y) At(double distance)
            => (x + (distance * Math.Cos(direction)), y + (distance * Math.Sin(direction)));
    }
}
