using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>A store whose commits a test can hold, or make fail before or after they happened.</summary>
internal sealed class FaultyStore(IGalleryStore inner) : IGalleryStore
{
    /// <summary>Called before every write, as a full disk would refuse each of them.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Called before the commit is handed on.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>Called after the commit has happened.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Called before a partition is retaken.</summary>
    public Action? BeforeRetake { get; set; }

    /// <summary>Called before a partition's rows are read.</summary>
    public Action<PartitionKey>? BeforeRead { get; set; }

    /// <summary>Called before a search basis is stored.</summary>
    public Action? BeforePutBasis { get; set; }

    /// <summary>Groups that were handed on.</summary>
    public List<int> GroupSizes { get; } = [];

    public IReadOnlyList<bool> Commit(IReadOnlyList<PartitionWrite> writes)
    {
        GroupSizes.Add(writes.Sum(write => write.Identities.Count));
        BeforeWrite?.Invoke();
        BeforeCommit?.Invoke();
        IReadOnlyList<bool> applied = inner.Commit(writes);
        AfterCommit?.Invoke();
        return applied;
    }

    public PartitionPosition? RetakePartition(PartitionKey key, long epoch)
    {
        BeforeWrite?.Invoke();
        BeforeRetake?.Invoke();
        return inner.RetakePartition(key, epoch);
    }

    public GalleryRecord? CreateGallery(GalleryRecord gallery) => Write(() => inner.CreateGallery(gallery));

    public bool DeleteGallery(long number) => Write(() => inner.DeleteGallery(number));

    public bool PurgeDeleted(int rows) => Write(() => inner.PurgeDeleted(rows));

    public PartitionPosition? TakePartition(PartitionKey key) => Write(() => inner.TakePartition(key));

    public void CheckWritable() => Write(() =>
    {
        inner.CheckWritable();
        return true;
    });

    public bool PutSearchBasis(long gallery, long expectedVersion, StoredBasis basis)
    {
        BeforeWrite?.Invoke();
        BeforePutBasis?.Invoke();
        return inner.PutSearchBasis(gallery, expectedVersion, basis);
    }

    public Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken) =>
        inner.ReadSearchBasisVersionAsync(gallery, cancellationToken);

    public Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken) =>
        inner.ReadSearchBasisAsync(gallery, cancellationToken);

    public Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        inner.ListGalleriesAsync(cancellationToken);

    public Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        inner.FindGalleryAsync(name, cancellationToken);

    public Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        inner.FindGalleryAsync(number, cancellationToken);

    public Task<PartitionPosition?> ReadPositionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        inner.ReadPositionAsync(key, cancellationToken);

    public Task ReadPartitionAsync(
        PartitionKey key, Action<StoredIdentity> onIdentity, CancellationToken cancellationToken)
    {
        BeforeRead?.Invoke(key);
        return inner.ReadPartitionAsync(key, onIdentity, cancellationToken);
    }

    public Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken) =>
        inner.AuditPartitionAsync(key, audit, cancellationToken);

    public Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        inner.ReadIdentityAsync(key, identityId, cancellationToken);

    public Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        PartitionKey key, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ListIdentitiesAsync(key, after, limit, cancellationToken);

    public Task<IReadOnlyList<StoredImage>> ReadImagesAsync(PartitionKey key, string identityId, string? after,
        int limit, bool withEmbeddings, CancellationToken cancellationToken) =>
        inner.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken);

    public Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        inner.ReadImageAsync(key, identityId, imageId, cancellationToken);

    public void Dispose() => inner.Dispose();

    private T Write<T>(Func<T> write)
    {
        BeforeWrite?.Invoke();
        return write();
    }
}
