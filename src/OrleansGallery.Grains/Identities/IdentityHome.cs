using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>The partition beside the identity, and the store behind both.</summary>
internal sealed class IdentityHome(
    IPartitionGrain partition, IGalleryStore store, PartitionKey key, string identityId, GrainsInstruments instruments)
    : IIdentityHome
{
    /// <inheritdoc />
    public async Task<IdentityState> LoadAsync()
    {
        // What is read may be newer, where the partition has another owner by now; then its version is refused.
        IdentityVersion known = await partition.GetVersionAsync(identityId);
        return new IdentityState(identityId, known, known.Version == 0
            ? null
            : await store.ReadIdentityAsync(key, identityId, CancellationToken.None));
    }

    /// <inheritdoc />
    public Task ConfirmAsync(long version) => partition.ConfirmAsync(identityId, version);

    /// <inheritdoc />
    public Task<CommitReceipt> CommitAsync(IdentityChange change)
    {
        instruments.OnChanged(change.AddedImages.Count + change.RemovedImages.Count);
        return partition.CommitAsync(change);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ErasedContent>> FindErasedAsync(IReadOnlyList<byte[]> digests) =>
        store.FindErasedAsync(key.Gallery, digests, CancellationToken.None);

    public void OnFolded(long started) => instruments.OnFolded(started);

    /// <inheritdoc />
    public async Task<VectorBytes> ReadEmbeddingAsync(string imageId)
    {
        StoredImage image = await store.ReadImageAsync(key, identityId, imageId, CancellationToken.None)
            ?? throw new ImageNotFoundException($"Identity '{identityId}' has no image '{imageId}'.");
        return new VectorBytes(image.Embedding
            ?? throw new InvalidOperationException($"Image '{imageId}' was read without its embedding."));
    }
}
