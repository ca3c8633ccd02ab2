using OrleansGallery.Storage;

namespace OrleansGallery.Testing;

/// <summary>A store that hands every call on; a subclass says what comes between.</summary>
/// <param name="inner">The store.</param>
public abstract class ForwardingStore(IGalleryStore inner) : IGalleryStore
{
    public IModelFiles Models => Inner.Models;

    public IStoredKeys Keys => Inner.Keys;

    public int ConcurrentCommits => Inner.ConcurrentCommits;

    /// <summary>The store to which calls go.</summary>
    protected IGalleryStore Inner { get; set; } = inner;

    public virtual Task<GalleryRecord?> CreateGalleryAsync(
        GalleryRecord gallery, Guid token, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.CreateGalleryAsync(gallery, token, cancellationToken));

    public virtual Task<bool> DeleteGalleryAsync(long number, Guid token, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.DeleteGalleryAsync(number, token, cancellationToken));

    public virtual Task<bool> PurgeAsync(int rows, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.PurgeAsync(rows, cancellationToken));

    public virtual Task<bool> PurgeIdentityAsync(
        PartitionKey key, string identityId, int rows, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.PurgeIdentityAsync(key, identityId, rows, cancellationToken));

    public virtual Task<bool> TryForgetDeletedAsync(CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.TryForgetDeletedAsync(cancellationToken));

    public virtual Task<TakenPartition?> TakePartitionAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.TakePartitionAsync(key, owner, cancellationToken));

    public virtual Task<PartitionPosition?> RetakePartitionAsync(
        PartitionOwner held, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.RetakePartitionAsync(held, cancellationToken));

    public virtual Task<bool> ReleasePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.ReleasePartitionAsync(held, cancellationToken));

    public virtual Task<IReadOnlyList<long?>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ConfirmOwnersAsync(held, cancellationToken));

    public virtual Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes) =>
        WriteAsync(() => Inner.CommitAsync(writes));

    public virtual Task<bool> CommitJointAsync(JointWrite write) => WriteAsync(() => Inner.CommitJointAsync(write));

    public virtual Task<bool> CommitErasureAsync(ErasureWrite write) =>
        WriteAsync(() => Inner.CommitErasureAsync(write));

    public virtual Task<IReadOnlyList<ErasedContent>> FindErasedAsync(
        long gallery, IReadOnlyList<byte[]> digests, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.FindErasedAsync(gallery, digests, cancellationToken));

    public virtual Task<StoredOperation?> ReadOperationAsync(
        long gallery, string id, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadOperationAsync(gallery, id, cancellationToken));

    public virtual Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.PutSearchBasisAsync(gallery, expectedVersion, basis, cancellationToken));

    public virtual Task<bool> PutSettingsAsync(
        long gallery, string expected, string settings, CancellationToken cancellationToken) =>
        WriteAsync(() => Inner.PutSettingsAsync(gallery, expected, settings, cancellationToken));

    public virtual Task CheckWritableAsync(CancellationToken cancellationToken) =>
        WriteAsync(() => ValuedAsync(Inner.CheckWritableAsync(cancellationToken)));

    public virtual Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ListGalleriesAsync(cancellationToken));

    public virtual Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.FindGalleryAsync(name, cancellationToken));

    public virtual Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.FindGalleryAsync(number, cancellationToken));

    public virtual Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadSearchBasisVersionAsync(gallery, cancellationToken));

    public virtual Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadSearchBasisAsync(gallery, cancellationToken));

    public virtual Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(
        long gallery, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadPartitionsAsync(gallery, cancellationToken));

    public virtual Task<PartitionState?> ReadPartitionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadPartitionAsync(key, cancellationToken));

    public virtual Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken) =>
        ReadAsync(() => ValuedAsync(Inner.ReadRowsAsync(key, after, onRow, cancellationToken)));

    public virtual Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadRemovalsAsync(key, after, cancellationToken));

    public virtual Task AuditPartitionAsync(
        PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken) =>
        ReadAsync(() => ValuedAsync(Inner.AuditPartitionAsync(key, audit, cancellationToken)));

    public virtual Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadIdentityAsync(key, identityId, cancellationToken));

    public virtual Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ListIdentitiesAsync(gallery, after, limit, cancellationToken));

    public virtual Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken));

    public virtual Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadImageAsync(key, identityId, imageId, cancellationToken));

    public Task<PictureFile?> ReadPictureAsync(
        PartitionKey key, string identityId, string imageId, PictureKind kind, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadPictureAsync(key, identityId, imageId, kind, cancellationToken));

    public Task<long> ReadPictureBytesAsync(long gallery, CancellationToken cancellationToken) =>
        ReadAsync(() => Inner.ReadPictureBytesAsync(gallery, cancellationToken));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called for every read.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="read">The read of the store.</param>
    /// <returns>What it gives.</returns>
    protected virtual Task<T> ReadAsync<T>(Func<Task<T>> read) => read();

    /// <summary>Called for every write.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="write">The write to the store.</param>
    /// <returns>What it gives.</returns>
    protected virtual Task<T> WriteAsync<T>(Func<Task<T>> write) => write();

    /// <summary>Closes the store.</summary>
    /// <param name="disposing">Always.</param>
    protected virtual void Dispose(bool disposing) => Inner.Dispose();

    private static async Task<bool> ValuedAsync(Task call)
    {
        await call;
        return true;
    }
}
