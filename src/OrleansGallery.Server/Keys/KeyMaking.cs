using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Stores a key whose maker is told of it once. Where he is not told, nobody has the key, and it is
/// revoked.</summary>
internal static class KeyMaking
{
    /// <summary>Stores it.</summary>
    /// <param name="keys">Where.</param>
    /// <param name="key">The key.</param>
    /// <param name="aborted">Nobody waits for the answer any more.</param>
    /// <returns>The key as it is stored.</returns>
    public static async Task<ApiKey> AddAsync(IKeysGrain keys, ApiKey key, CancellationToken aborted)
    {
        Task<ApiKey> adding = keys.AddAsync(key);
        try
        {
            ApiKey stored = await adding.WaitAsync(aborted);
            aborted.ThrowIfCancellationRequested();
            return stored;
        }
        catch (Exception exception) when (exception is not InvalidRequestException)
        {
            _ = RevokeAsync(keys, key.Id, adding);
            throw;
        }
    }

    private static async Task RevokeAsync(IKeysGrain keys, string id, Task adding)
    {
        await adding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)keys.RevokeAsync(id)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
