using System.Globalization;

namespace OrleansGallery.Training;

/// <summary>The rendered catalogue as image files: <c>product/view</c>, drawn when read.</summary>
/// <param name="catalogue">The catalogue.</param>
public sealed class CatalogueFiles(Catalogue catalogue) : IImageFiles
{
    /// <summary>The path of a view.</summary>
    /// <param name="product">The product's number.</param>
    /// <param name="view">The view's number.</param>
    /// <returns>The path.</returns>
    public static string PathOf(int product, int view) =>
        string.Create(CultureInfo.InvariantCulture, $"{product}/{view}");

    /// <inheritdoc/>
    public byte[] Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int[] numbers = [.. path.Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return catalogue.RenderJpeg(numbers[0], numbers[1]);
    }

    /// <summary>Nothing is open.</summary>
    public void Dispose()
    {
    }
}
