using Orleans.Concurrency;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Hands keys to the store and back. Reentrant: it has no state.</summary>
[GrainType("gallery.keys"), RequiresRole(SiloRoles.Gallery), StatelessWorker, Reentrant]
internal sealed class KeysGrain(IGalleryStore store, StoreWrites writes, TimeProvider time) : Grain, IKeysGrain
{
    /// <inheritdoc />
    public async Task<ApiKey> AddAsync(ApiKey key) =>
        await writes.RunAsync(writer => writer.Keys.AddAsync(KeyRecords.ToStored(key), CancellationToken.None))
            ? key
            : throw new InvalidRequestException(KeyRecords.TooMany);

    /// <inheritdoc />
    public async Task<ApiKey> RevokeAsync(string id) => KeyRecords.ToKey(
        await writes.RunAsync(writer => writer.Keys.RevokeAsync(id, time.GetUtcNow(), CancellationToken.None))
        ?? throw new ApiKeyNotFoundException($"There is no key with the id '{id}'."));

    /// <inheritdoc />
    public async Task<IReadOnlyList<ApiKey>> ListAsync(bool withRevoked) =>
        [.. (await store.Keys.ListAsync(withRevoked, CancellationToken.None)).Select(KeyRecords.ToKey)];
}
