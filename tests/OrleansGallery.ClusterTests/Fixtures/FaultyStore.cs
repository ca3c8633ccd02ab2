using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>A store whose commits a test can hold, or make fail before or after they happened.</summary>
internal sealed class FaultyStore(IGalleryStore inner) : IGalleryStore
{
    public IModelFiles Models => inner.Models;

    public int ConcurrentCommits => inner.ConcurrentCommits;

    /// <summary>Called before every write, as a full disk would refuse each of them.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Called before the commit is handed on.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>Called with a group before it is handed on; what it gives is awaited.</summary>
    public Func<IReadOnlyList<PartitionWrite>, Task>? Committing { get; set; }

    /// <summary>Called after the commit has happened.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Called before a partition is retaken.</summary>
    public Action? BeforeRetake { get; set; }

    /// <summary>Called after a partition was retaken: its answer may be lost.</summary>
    public Action? AfterRetake { get; set; }

    /// <summary>Called before a partition's rows are read.</summary>
    public Action<PartitionKey>? BeforeRead { get; set; }

    /// <summary>Awaited before a partition's rows are read.</summary>
    public Func<Task>? Reading { get; set; }

    /// <summary>Called before a partition is read with all its images.</summary>
    public Func<Task>? BeforeAudit { get; set; }

    /// <summary>Called with every row that is read.</summary>
    public Action<StoredRow>? OnRow { get; set; }

    /// <summary>Called before owners are confirmed.</summary>
    public Action? BeforeConfirm { get; set; }

    /// <summary>Called before a search basis is stored.</summary>
    public Action? BeforePutBasis { get; set; }

    /// <summary>Groups that were handed on.</summary>
    public List<int> GroupSizes { get; } = [];

    /// <summary>How many partitions were taken, by anybody, through this handle.</summary>
    public int Taken { get; private set; }

    public async Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes)
    {
        // Off the caller's thread: a test may block here.
        await Task.Yield();
        lock (GroupSizes)
        {
            GroupSizes.Add(writes.Sum(write => write.Identities.Count));
        }

        BeforeWrite?.Invoke();
        BeforeCommit?.Invoke();
        if (Committing is { } committing)
        {
            await committing(writes);
        }

        IReadOnlyList<bool> applied = await inner.CommitAsync(writes);
        AfterCommit?.Invoke();
        return applied;
    }

    public async Task<PartitionPosition?> RetakePartitionAsync(
        PartitionOwner held, CancellationToken cancellationToken)
    {
        await Task.Yield();
        BeforeWrite?.Invoke();
        BeforeRetake?.Invoke();
        PartitionPosition? position = await inner.RetakePartitionAsync(held, cancellationToken);
        AfterRetake?.Invoke();
        return position;
    }

    public Task<TakenPartition?> TakePartitionAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken) => Write(() =>
    {
        Taken++;
        return inner.TakePartitionAsync(key, owner, cancellationToken);
    });

    public Task<bool> ReleasePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        Write(() => inner.ReleasePartitionAsync(held, cancellationToken));

    public Task<IReadOnlyList<bool>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken)
    {
        BeforeConfirm?.Invoke();
        return inner.ConfirmOwnersAsync(held, cancellationToken);
    }

    public Task<GalleryRecord?> CreateGalleryAsync(
        GalleryRecord gallery, Guid token, CancellationToken cancellationToken) =>
        Write(() => inner.CreateGalleryAsync(gallery, token, cancellationToken));

    public Task<bool> DeleteGalleryAsync(long number, Guid token, CancellationToken cancellationToken) =>
        Write(() => inner.DeleteGalleryAsync(number, token, cancellationToken));

    public Task<bool> PurgeAsync(int rows, CancellationToken cancellationToken) =>
        Write(() => inner.PurgeAsync(rows, cancellationToken));

    public async Task CheckWritableAsync(CancellationToken cancellationToken)
    {
        BeforeWrite?.Invoke();
        await inner.CheckWritableAsync(cancellationToken);
    }

    public Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken) => Write(() =>
    {
        BeforePutBasis?.Invoke();
        return inner.PutSearchBasisAsync(gallery, expectedVersion, basis, cancellationToken);
    });

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

    public Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(
        long gallery, CancellationToken cancellationToken) => inner.ReadPartitionsAsync(gallery, cancellationToken);

    public Task<PartitionState?> ReadPartitionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        inner.ReadPartitionAsync(key, cancellationToken);

    public async Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken)
    {
        await Task.Yield();
        BeforeRead?.Invoke(key);
        if (Reading is { } reading)
        {
            await reading().WaitAsync(cancellationToken);
        }

        await inner.ReadRowsAsync(
            key, after,
            row =>
            {
                OnRow?.Invoke(row);
                onRow(row);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken) =>
        inner.ReadRemovalsAsync(key, after, cancellationToken);

    public async Task AuditPartitionAsync(
        PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken)
    {
        if (BeforeAudit is { } before)
        {
            await before();
        }

        await inner.AuditPartitionAsync(key, audit, cancellationToken);
    }

    public Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        inner.ReadIdentityAsync(key, identityId, cancellationToken);

    public Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ListIdentitiesAsync(gallery, after, limit, cancellationToken);

    public Task<IReadOnlyList<StoredImage>> ReadImagesAsync(PartitionKey key, string identityId, string? after,
        int limit, bool withEmbeddings, CancellationToken cancellationToken) =>
        inner.ReadImagesAsync(key, identityId, after, limit, withEmbeddings, cancellationToken);

    public Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        inner.ReadImageAsync(key, identityId, imageId, cancellationToken);

    public void Dispose() => inner.Dispose();

    private async Task<T> Write<T>(Func<Task<T>> write)
    {
        await Task.Yield();
        BeforeWrite?.Invoke();
        return await write();
    }
}
