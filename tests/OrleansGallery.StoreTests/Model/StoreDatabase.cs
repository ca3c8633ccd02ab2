using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A database of a test's own, empty at first.</summary>
public abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>Opens a handle onto it, as another process would; may be called as often as one likes.</summary>
    /// <returns>The handle; the caller closes it.</returns>
    public abstract Task<IGalleryStore> OpenAsync();

    /// <summary>Takes the database away.</summary>
    /// <returns>When it is gone.</returns>
    public abstract ValueTask DisposeAsync();
}
