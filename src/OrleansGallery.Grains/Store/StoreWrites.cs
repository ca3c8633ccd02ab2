using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Every write but the commits: what it fails of is noted, and told to the caller in our own words.</summary>
internal sealed class StoreWrites(IGalleryStore store, StoreHealth health)
{
    /// <summary>Runs a write.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="write">The write.</param>
    /// <returns>The store's answer.</returns>
    /// <exception cref="StorageException">The store takes no writes.</exception>
    /// <exception cref="RetryException">The store cannot be reached.</exception>
    public async Task<T> RunAsync<T>(Func<IGalleryStore, Task<T>> write)
    {
        try
        {
            return await write(store);
        }
        catch (StoreAwayException exception)
        {
            throw health.OnFailed(exception);
        }
    }
}
