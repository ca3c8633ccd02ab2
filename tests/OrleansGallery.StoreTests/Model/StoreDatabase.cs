using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A database of a test's own, empty at first.</summary>
public abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>Opens a handle onto it, as another process would; may be called as often as one likes.</summary>
    /// <returns>The handle; the caller closes it.</returns>
    public abstract Task<IGalleryStore> OpenAsync();

    /// <summary>Opens a handle whose calls fail by chance.</summary>
    /// <param name="seed">Of the chance.</param>
    /// <returns>The handle; the caller closes it.</returns>
    public virtual async Task<IGalleryStore> OpenFaultyAsync(int seed) =>
        new FaultyStore(await OpenAsync(), seed, rate: 0.04);

    /// <summary>Changes what is kept of images behind the store's back.</summary>
    /// <param name="statement">The statement; {0} stands for the table.</param>
    /// <returns>When it is done.</returns>
    public abstract Task SpoilPicturesAsync(string statement);

    /// <summary>How many rows a table has, whoever sees them.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The rows.</returns>
    public abstract Task<long> CountAsync(string table);

    /// <summary>Takes the database away.</summary>
    /// <returns>When it is gone.</returns>
    public abstract ValueTask DisposeAsync();
}
