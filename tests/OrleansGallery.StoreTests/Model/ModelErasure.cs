using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What a test erases: the write, and what it makes of the identity's partition.</summary>
/// <param name="partition">The identity's partition.</param>
/// <param name="identityId">The identity.</param>
/// <param name="imageId">The image; null: all.</param>
public sealed class ModelErasure(OwnedPartition partition, string identityId, string? imageId = null)
{
    private readonly StoredImage[] _images =
    [
        .. partition.Identities[identityId].Ordered.Where(image => imageId is null || image.ImageId == imageId),
    ];

    /// <summary>A time that is far enough.</summary>
    public static DateTimeOffset Late { get; } = DateTimeOffset.FromUnixTimeMilliseconds(33_000_000_000_000);

    public OwnedPartition Partition => partition;

    /// <summary>The images that go.</summary>
    public IReadOnlyList<StoredImage> Images => _images;

    private IdentityChange Change => imageId is null
        ? IdentityChange.Delete(identityId)
        : IdentityChange.Remove(identityId, imageId);

    /// <summary>The erasure's write.</summary>
    public ErasureWrite Write(Guid token, string operation = "op", DateTimeOffset? refusedUntil = null) => new()
    {
        Share = partition.Write(token, Change),
        ImageId = imageId,
        Count = _images.Length,
        RefusedUntil = refusedUntil,
        Operation = ModelTransfer.Operation(operation),
    };

    /// <summary>Commits and believes it if the store does.</summary>
    public async Task<bool> CommitAsync(
        IGalleryStore store, string operation = "op", DateTimeOffset? refusedUntil = null)
    {
        ErasureWrite write = Write(Guid.NewGuid(), operation, refusedUntil);
        bool applied = await store.CommitErasureAsync(write);
        if (applied)
        {
            Apply(write);
        }

        return applied;
    }

    /// <summary>The erasure has happened.</summary>
    public void Apply(ErasureWrite write) => partition.Apply(write.Share, Change);
}
