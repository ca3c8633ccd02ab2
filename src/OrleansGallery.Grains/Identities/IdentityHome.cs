using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>The partition beside the identity, and the store behind both.</summary>
internal sealed class IdentityHome(
    IPartitionGrain partition, IGalleryStore store, PartitionKey key, string identityId, GrainsInstruments instruments)
    : IIdentityHome
{
    /// <inheritdoc />
    public Task<IdentityRecord> LoadAsync() => partition.LoadIdentityAsync(identityId);

    /// <inheritdoc />
    public Task ConfirmAsync(long version) => partition.ConfirmAsync(identityId, version);

    /// <inheritdoc />
    public Task<CommitReceipt> CommitAsync(IdentityChange change)
    {
        instruments.OnChanged(change.AddedImages.Count + change.RemovedImages.Count);
        return partition.CommitAsync(change);
    }

    /// <inheritdoc />
    public async Task<VectorBytes> ReadEmbeddingAsync(string imageId)
    {
        StoredImage image = await store.ReadImageAsync(key, identityId, imageId, CancellationToken.None)
            ?? throw new ImageNotFoundException($"Identity '{identityId}' has no image '{imageId}'.");
        return new VectorBytes(image.Embedding
            ?? throw new InvalidOperationException($"Image '{imageId}' was read without its embedding."));
    }
}
