using OrleansGallery.Drawing;

namespace OrleansGallery.Cli;

/// <summary>The demo's images: each product's first views are enrolled, the others searched.</summary>
internal sealed class DemoCatalogue(CatalogueOptions options)
{
    private const int EnrolledViews = 6;

    private readonly Catalogue _catalogue = new(options);

    public int Products => options.Products;

    /// <summary>The images to enrol, product by product.</summary>
    public IEnumerable<(string Product, int View)> Enrolled => Views(0, EnrolledViews);

    /// <summary>The images to search.</summary>
    public IEnumerable<(string Product, int View)> Queries =>
        Views(EnrolledViews, options.ViewsPerProduct - EnrolledViews);

    /// <summary>Draws images on all cores.</summary>
    /// <param name="views">Which.</param>
    /// <returns>The files, in the order of <paramref name="views"/>.</returns>
    public IReadOnlyList<DemoImage> Draw(IEnumerable<(string Product, int View)> views)
    {
        Dictionary<string, int> numbers = _catalogue.Products
            .Select((product, number) => (product.Id, number)).ToDictionary(pair => pair.Id, pair => pair.number);
        return [.. views.AsParallel().AsOrdered().Select(
            view => new DemoImage(view.Product, view.View, _catalogue.RenderJpeg(numbers[view.Product], view.View)))];
    }

    private IEnumerable<(string Product, int View)> Views(int first, int count) =>
        _catalogue.Products.SelectMany(product => Enumerable.Range(first, count).Select(view => (product.Id, view)));
}
