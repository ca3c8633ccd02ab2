using OrleansGallery.Drawing;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>The rendered catalogue as image files, drawn when read.</summary>
internal sealed class CatalogueFiles(Catalogue catalogue) : IImageFiles
{
    public byte[] Read(string path)
    {
        (int product, int view) = NumberedPath.Parse(path);
        return catalogue.RenderJpeg(product, view);
    }

    /// <summary>Nothing is open.</summary>
    public void Dispose()
    {
    }
}
