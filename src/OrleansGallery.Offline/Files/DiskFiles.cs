namespace OrleansGallery.Offline;

/// <summary>Files below a folder.</summary>
/// <param name="root">The folder.</param>
public sealed class DiskFiles(string root) : IImageFiles
{
    /// <inheritdoc/>
    public byte[] Read(string path) => ImageFile.Read(Path.Combine(root, path));

    /// <summary>Nothing is open.</summary>
    public void Dispose()
    {
    }
}
