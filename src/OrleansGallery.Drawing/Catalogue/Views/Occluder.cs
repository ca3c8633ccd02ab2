namespace OrleansGallery.Drawing;

/// <summary>Something in front of the product.</summary>
/// <param name="Polygons">Its parts in pixels; a point in any of them is covered.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Mark">The colour of its outline and markings.</param>
internal sealed record Occluder(
    IReadOnlyList<(double X, double Y)[]> Polygons, CatalogueColour Colour, CatalogueColour Mark)
{
    /// <summary>The occluder moved by an offset in pixels.</summary>
    public Occluder Moved(double x, double y)
        => this with
        {
            Polygons = [.. Polygons.Select(p => Array.ConvertAll(p, corner => (corner.X + x, corner.Y + y)))],
        };

    /// <summary>Whether a point is covered once the occluder is moved by an offset.</summary>
    public bool Covers(double x, double y, double offsetX = 0, double offsetY = 0)
    {
        foreach ((double X, double Y)[] polygon in Polygons)
        {
            if (Inside(polygon, x - offsetX, y - offsetY))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The even-odd rule.</summary>
    private static bool Inside((double X, double Y)[] polygon, double x, double y)
    {
        bool inside = false;
        (double X, double Y) previous = polygon[^1];
        foreach ((double X, double Y) corner in polygon)
        {
            if (corner.Y > y != previous.Y > y
                && x < ((previous.X - corner.X) * (y - corner.Y) / (previous.Y - corner.Y)) + corner.X)
            {
                inside = !inside;
            }

            previous = corner;
        }

        return inside;
    }
}
