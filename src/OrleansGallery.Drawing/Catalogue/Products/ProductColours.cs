namespace OrleansGallery.Drawing;

/// <summary>A product's colours; the members of a family share all of them.</summary>
/// <param name="Body">The body's ground.</param>
/// <param name="Accent">The texture on the body.</param>
/// <param name="Trim">Caps, handles, soles, lids.</param>
/// <param name="Plate">The label's plate.</param>
/// <param name="Ink">The label's text and emblem.</param>
internal sealed record ProductColours(
    CatalogueColour Body,
    CatalogueColour Accent,
    CatalogueColour Trim,
    CatalogueColour Plate,
    CatalogueColour Ink)
{
    private const double TextureContrast = 0.22;
    private const double LabelContrast = 0.45;

    internal static ProductColours Draw(KeyedRandom random)
    {
        CatalogueColour body = CatalogueColour.Any(random);
        CatalogueColour accent = Contrasting(random, body, TextureContrast);
        CatalogueColour trim = CatalogueColour.Any(random);
        CatalogueColour plate = random.Chance(0.7)
            ? CatalogueColour.FromHsv(random.NextDouble(), random.Uniform(0, 0.3), random.Uniform(0.85, 1))
            : CatalogueColour.Any(random);
        return new ProductColours(body, accent, trim, plate, Contrasting(random, plate, LabelContrast));
    }

    private static CatalogueColour Contrasting(KeyedRandom random, CatalogueColour ground, double contrast)
    {
        for (int attempt = 0; attempt < 40; attempt++)
        {
            CatalogueColour colour = CatalogueColour.Any(random);
            if (Math.Abs(colour.Luma - ground.Luma) >= contrast)
            {
                return colour;
            }
        }

        return ground.Luma > 0.5 ? new CatalogueColour(20, 20, 24) : new CatalogueColour(240, 240, 236);
    }
}
