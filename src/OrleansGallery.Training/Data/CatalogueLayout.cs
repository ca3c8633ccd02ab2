using System.Globalization;
using OrleansGallery.Drawing;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>The rendered catalogue as a data set: training products of one seed, test products of another.</summary>
internal static class CatalogueLayout
{
    /// <summary>What the test catalogue's seed adds to the training one's.</summary>
    public const long TestSeedOffset = 1_000_000;

    /// <summary>Designs both catalogues; images are drawn when they are read.</summary>
    /// <param name="train">The training catalogue; its seed is not the demo's.</param>
    /// <param name="testProducts">Products of the test catalogue; they have as many views.</param>
    /// <param name="galleryImages">How many views of a test product are enrolled; the others are queries.</param>
    /// <exception cref="InvalidDataException">The seed is the demo's, on whose products models are judged.</exception>
    public static DataSplits Create(CatalogueOptions train, int testProducts, int galleryImages)
    {
        ArgumentNullException.ThrowIfNull(train);
        CatalogueOptions judged = new();
        if (train.Seed == judged.Seed || train.Seed + TestSeedOffset == judged.Seed)
        {
            throw new InvalidDataException(
                $"Catalogue seed {judged.Seed} is the demo's, on which models are judged; data.seed must be another "
                + "one.");
        }

        CatalogueOptions test = new()
        {
            Seed = train.Seed + TestSeedOffset,
            Products = testProducts,
            ViewsPerProduct = train.ViewsPerProduct,
            Width = train.Width,
            Height = train.Height,
        };
        return new DataSplits
        {
            Train = SetOf("train", train, 0, train.ViewsPerProduct),
            Gallery = SetOf("gallery", test, 0, galleryImages),
            Query = SetOf("query", test, galleryImages, test.ViewsPerProduct),
        };
    }

    private static ImageSet SetOf(string name, CatalogueOptions options, int from, int to) =>
        SetOf(name, new Catalogue(options), from, to);

    /// <summary>Some views of every product; they are drawn when they are read.</summary>
    /// <param name="name">What they are for.</param>
    /// <param name="catalogue">The products.</param>
    /// <param name="from">The first view.</param>
    /// <param name="to">The view after the last.</param>
    internal static ImageSet SetOf(string name, Catalogue catalogue, int from, int to) => new()
    {
        Name = $"catalogue {catalogue.Options.Seed} ({name})",
        Files = new CatalogueFiles(catalogue),
        Images = [.. Enumerable.Range(0, catalogue.Products.Count).SelectMany(product =>
            Enumerable.Range(from, Math.Max(0, to - from)).Select(view => new DataImage
            {
                Path = NumberedPath.Of(product, view),
                Identity = product.ToString("D5", CultureInfo.InvariantCulture),
                Family = catalogue.Products[product].Family,
            }))],
    };
}
