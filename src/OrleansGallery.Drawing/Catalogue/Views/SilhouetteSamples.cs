namespace OrleansGallery.Drawing;

/// <summary>
/// Points spread evenly over a product's silhouette, in its own space: what part of it a view shows is counted on them,
/// so that no view depends on how a rasteriser rounds.
/// </summary>
internal sealed class SilhouetteSamples
{
    private const int Grid = 28;

    private readonly (double X, double Y)[] _points;

    private SilhouetteSamples((double X, double Y)[] points) => _points = points;

    public int Count => _points.Length;

    public static SilhouetteSamples Of(CatalogueProduct product)
    {
        using ProductForm form = ProductForms.Of(product);
        List<(double X, double Y)> points = [];
        for (int row = 0; row < Grid; row++)
        {
            for (int column = 0; column < Grid; column++)
            {
                float x = ((column + 0.5f) / Grid * 1.2f) - 0.6f;
                float y = ((row + 0.5f) / Grid * 1.2f) - 0.6f;
                if (form.Contains(x, y))
                {
                    points.Add((x, y));
                }
            }
        }

        return new SilhouetteSamples([.. points]);
    }

    /// <summary>The points in an image, in pixels.</summary>
    public (double X, double Y)[] In(Projection projection)
        => Array.ConvertAll(_points, point => projection.Map(point.X, point.Y));
}
