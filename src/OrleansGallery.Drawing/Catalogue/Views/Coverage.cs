namespace OrleansGallery.Drawing;

/// <summary>Counts which of a silhouette's points are inside the image and which are covered.</summary>
internal sealed class Coverage((double X, double Y)[] points, int width, int height)
{
    private readonly bool[] _covered = new bool[points.Length];

    /// <summary>The part of all points that is covered, inside the image or not.</summary>
    public double Covered => _covered.Count(covered => covered) / (double)points.Length;

    /// <summary>The part of all points that is inside the image and not covered.</summary>
    public double Visible
    {
        get
        {
            int visible = 0;
            for (int i = 0; i < points.Length; i++)
            {
                visible += !_covered[i] && IsInside(points[i]) ? 1 : 0;
            }

            return visible / (double)points.Length;
        }
    }

    /// <summary>Whether an occluder at an offset keeps to a limit and leaves enough of the product visible.</summary>
    public bool Allows(Occluder occluder, double offsetX, double offsetY, double maxCovered)
    {
        int covered = 0;
        int visible = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if (_covered[i] || occluder.Covers(points[i].X, points[i].Y, offsetX, offsetY))
            {
                covered++;
            }
            else if (IsInside(points[i]))
            {
                visible++;
            }
        }

        return covered <= maxCovered * points.Length && visible >= ViewParameters.MinVisible * points.Length;
    }

    public void Add(Occluder occluder)
    {
        for (int i = 0; i < points.Length; i++)
        {
            _covered[i] |= occluder.Covers(points[i].X, points[i].Y);
        }
    }

    private bool IsInside((double X, double Y) point)
        => point.X >= 0 && point.X < width && point.Y >= 0 && point.Y < height;
}
