namespace OrleansGallery.Storage;

/// <summary>
/// The cluster's store: one PostgreSQL, whose tables <see cref="VersionedSchema.Gallery"/> makes. What the server
/// refuses for another reason than the data, and what does not reach it, is a <see cref="StoreAwayException"/>; while
/// that says <see cref="StoreAwayReason.Unreachable"/>, reads and repeatable writes are repeated first.
/// </summary>
public sealed class PostgresGalleryStore : IGalleryStore
{
    private readonly PostgresConnections _connections;
    private readonly Repetition _repetition;
    private readonly PostgresCommit _commit;
    private readonly PostgresOwnership _ownership;
    private readonly PostgresOwnership _confirming;
    private readonly PostgresGalleries _galleries;
    private readonly PostgresPurge _purge;
    private readonly PostgresReads _reads;
    private readonly PartitionLoad _load;
    private readonly PartitionLoad _audit;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="options">Sizes and times.</param>
    /// <param name="time">The clock of repetitions; null: the system's.</param>
    /// <exception cref="ArgumentException">The connection string is wrong.</exception>
    public PostgresGalleryStore(string connectionString, PostgresStoreOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _connections = new PostgresConnections(connectionString, options);
        _repetition = new Repetition(options.RetryTime, time ?? TimeProvider.System);
        _commit = new PostgresCommit(_connections.Writes, _repetition);
        _ownership = new PostgresOwnership(_connections.Writes);
        _confirming = new PostgresOwnership(_connections.Reads);
        _galleries = new PostgresGalleries(_connections.Writes);
        _purge = new PostgresPurge(_connections.Writes);
        _reads = new PostgresReads(_connections.Reads);
        _load = new PartitionLoad(_connections.Loads, _repetition);
        _audit = new PartitionLoad(_connections.Audits, _repetition);
        Models = new PostgresModelFiles(_connections, _repetition);
        Keys = new PostgresKeys(_connections, _repetition);
    }

    /// <summary>Two: while one is sent, the server works on the other.</summary>
    public int ConcurrentCommits => 2;

    /// <inheritdoc />
    public IModelFiles Models { get; }

    /// <inheritdoc />
    public IStoredKeys Keys { get; }

    /// <inheritdoc />
    public Task<GalleryRecord?> CreateGalleryAsync(
        GalleryRecord gallery, Guid token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        return _repetition.WriteAsync(one => _galleries.CreateAsync(gallery, token, one), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> DeleteGalleryAsync(long number, Guid token, CancellationToken cancellationToken) =>
        _repetition.WriteAsync(one => _galleries.DeleteAsync(number, token, one), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PurgeAsync(int rows, CancellationToken cancellationToken) =>
        _repetition.WriteAsync(one => _purge.RunAsync(rows, one), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PurgeIdentityAsync(
        PartitionKey key, string identityId, int rows, CancellationToken cancellationToken) =>
        _repetition.WriteAsync(one => _purge.RunAsync(key, identityId, rows, one), cancellationToken);

    /// <summary>Does nothing: rows that are deleted lie in the server's files until its own vacuum has taken them and
    /// others are written there, and in its log and backups for as long as the operator keeps those.</summary>
    /// <inheritdoc />
    public Task<bool> TryForgetDeletedAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc />
    public Task<TakenPartition?> TakePartitionAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken)
    {
        if (owner == Guid.Empty)
        {
            throw new ArgumentException("Nobody cannot take a partition.", nameof(owner));
        }

        return _repetition.WriteAsync(one => _ownership.TakeAsync(key, owner, one), cancellationToken);
    }

    /// <inheritdoc />
    public Task<PartitionPosition?> RetakePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        _repetition.WriteAsync(one => _ownership.RetakeAsync(held, one), cancellationToken);

    /// <inheritdoc />
    public Task<bool> ReleasePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        _repetition.WriteAsync(one => _ownership.ReleaseAsync(held, one), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<long?>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        return _repetition.ReadAsync(one => _confirming.ConfirmAsync(held, one), cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        return _commit.RunAsync(writes);
    }

    /// <inheritdoc />
    public Task<bool> CommitJointAsync(JointWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return _commit.RunAsync(write);
    }

    /// <inheritdoc />
    public Task<bool> CommitErasureAsync(ErasureWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return _commit.RunAsync(write);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ErasedContent>> FindErasedAsync(
        long gallery, IReadOnlyList<byte[]> digests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(digests);
        return _repetition.ReadAsync(one => _reads.ErasedAsync(gallery, digests, one), cancellationToken);
    }

    /// <inheritdoc />
    public Task<StoredOperation?> ReadOperationAsync(
        long gallery, string id, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.OperationAsync(gallery, id, one), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(basis);
        return _repetition.WriteAsync(
            one => _galleries.PutBasisAsync(gallery, expectedVersion, basis, one), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> PutSettingsAsync(
        long gallery, string expected, string settings, CancellationToken cancellationToken) =>
        _repetition.WriteAsync(
            one => _galleries.PutSettingsAsync(gallery, expected, settings, one), cancellationToken);

    /// <inheritdoc />
    public Task CheckWritableAsync(CancellationToken cancellationToken) => _repetition.WriteAsync(
        async one =>
        {
            await _galleries.CheckWritableAsync(one);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        _repetition.ReadAsync(_reads.ListGalleriesAsync, cancellationToken);

    /// <inheritdoc />
    public Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.FindGalleryAsync(name, one), cancellationToken);

    /// <inheritdoc />
    public Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.FindGalleryAsync(number, one), cancellationToken);

    /// <inheritdoc />
    public Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.BasisVersionAsync(gallery, one), cancellationToken);

    /// <inheritdoc />
    public Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.BasisAsync(gallery, one), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(
        long gallery, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.PartitionsAsync(gallery, one), cancellationToken);

    /// <inheritdoc />
    public Task<PartitionState?> ReadPartitionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.PartitionAsync(key, one), cancellationToken);

    /// <inheritdoc />
    public Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onRow);
        return _load.ReadRowsAsync(key, after, onRow, cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.RemovalsAsync(key, after, one), cancellationToken);

    /// <inheritdoc />
    public Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return _audit.AuditAsync(key, audit, cancellationToken);
    }

    /// <inheritdoc />
    public Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.IdentityAsync(key, identityId, one), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.ListAsync(gallery, after, limit, one), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken) => _repetition.ReadAsync(
        one => _reads.ImagesAsync(key, identityId, after, limit, withEmbeddings, one), cancellationToken);

    /// <inheritdoc />
    public Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.ImageAsync(key, identityId, imageId, one), cancellationToken);

    /// <inheritdoc />
    public Task<PictureFile?> ReadPictureAsync(
        PartitionKey key, string identityId, string imageId, PictureKind kind, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(
            one => _reads.PictureAsync(key, identityId, imageId, kind, one), cancellationToken);

    /// <inheritdoc />
    public Task<long> ReadPictureBytesAsync(long gallery, CancellationToken cancellationToken) =>
        _repetition.ReadAsync(one => _reads.PictureBytesAsync(gallery, one), cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _connections.Dispose();
}
