using OrleansGallery.Drawing;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Benchmarks.Models;

/// <summary>Identities that the default model has never seen.</summary>
internal static class JudgedSets
{
    private const int Products = 64;
    private const int Views = 10;
    private const int Enrolled = 6;

    /// <summary>The demo's products: the renderer's default seed, six views enrolled, four searched.</summary>
    public static (ImageSet Query, ImageSet Gallery) Catalogue()
    {
        Catalogue catalogue = new(new CatalogueOptions { Products = Products, ViewsPerProduct = Views });
        return (CatalogueLayout.SetOf("query", catalogue, Enrolled, Views),
            CatalogueLayout.SetOf("gallery", catalogue, 0, Enrolled));
    }

    /// <summary>Crops of photographs of packages that are never trained on, as the trainer draws their views.</summary>
    /// <param name="folder">Where <c>fetch-photographs.sh</c> put them.</param>
    /// <param name="side">The views' side in pixels.</param>
    public static (PhotographSource Source, ImageSet Query, ImageSet Gallery) Photographs(string folder, int side)
    {
        PhotographSource source = new(
            new PhotographOptions { TestFolders = [folder], TestEvery = 0 }, string.Empty, side, side, seed: 1);
        (ImageSet gallery, ImageSet query) = source.TestSets(views: 8, galleryImages: 4)!.Value;
        return (source, query, gallery);
    }

    /// <summary>Omniglot's evaluation characters, five drawings enrolled, fifteen searched.</summary>
    /// <param name="folder">The folder of the two archives.</param>
    public static DataSplits Omniglot(string folder) => DataSets.Open(
        new DataOptions { Source = DataSourceKind.Omniglot, Path = folder, GalleryImages = 5 }, string.Empty, side: 0);
}
