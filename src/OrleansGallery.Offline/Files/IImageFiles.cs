namespace OrleansGallery.Offline;

/// <summary>
/// Image files by path, wherever they are. Safe for use by several threads; disposing twice is harmless.
/// </summary>
public interface IImageFiles : IDisposable
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">A path of the set.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    byte[] Read(string path);
}
