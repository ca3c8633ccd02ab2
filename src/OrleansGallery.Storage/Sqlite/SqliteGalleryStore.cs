namespace OrleansGallery.Storage;

/// <summary>The embedded store: one SQLite file in WAL mode, synchronous with the disk at every commit. One thread of
/// its own writes, a few read.
/// <para>
/// What is deleted is overwritten with zeros in the file, and <see cref="TryForgetDeletedAsync"/> empties its log. What
/// this cannot reach: what was deleted by a version that did not overwrite, and copies of rows and ids that SQLite may
/// leave when it rearranges pages, until the file is written anew (<c>VACUUM</c>); and whatever the file system and the
/// disk under it keep of bytes that were written over.
/// </para></summary>
public sealed class SqliteGalleryStore : IGalleryStore
{
    private readonly ReopenedWriter _writer;
    private readonly StoreThreads<ReopenedWriter> _writing;
    private readonly StoreThreads<SqliteReader> _reading;
    private readonly StoreThreads<SqliteReader> _loading;
    private readonly StoreThreads<SqliteReader> _auditing;

    /// <summary>Opens the file; makes it and its tables where they do not exist.</summary>
    /// <param name="file">The file's path; its folder must exist.</param>
    /// <exception cref="InvalidDataException">A newer program wrote the file.</exception>
    /// <exception cref="StoreAwayException">The file cannot be opened, or has no room.</exception>
    public SqliteGalleryStore(string file)
    {
        _writer = new ReopenedWriter(file);
        _writing = new StoreThreads<ReopenedWriter>("writer", [_writer]);
        _reading = new StoreThreads<SqliteReader>("reader", Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount))
            .Select(_ => new SqliteReader(file)));

        // What reads a whole partition must not hold up what reads a row.
        _loading = new StoreThreads<SqliteReader>("loader", [new SqliteReader(file), new SqliteReader(file)]);
        _auditing = new StoreThreads<SqliteReader>("auditor", [new SqliteReader(file)]);
        Models = new SqliteModelFiles(_writing, _reading);
        Keys = new SqliteKeys(_writing, _reading);
    }

    /// <summary>What the file's tables were before they were opened.</summary>
    public SchemaStatus SchemaBefore => new("file", _writer.FoundVersion, SqliteSchema.Version);

    /// <inheritdoc />
    public IModelFiles Models { get; }

    /// <inheritdoc />
    public IStoredKeys Keys { get; }

    /// <summary>Called when everything of a commit is written, just before it becomes visible; for tests.</summary>
    internal Action? BeforeCommit
    {
        set => _writer.BeforeCommit = value;
    }

    /// <summary>The most pages that the file may have, as if its disk were no larger; null: no limit. For
    /// tests.</summary>
    internal int? MaxPages
    {
        set => _writer.MaxPages = value;
    }

    /// <summary>One: the file has one writer.</summary>
    public int ConcurrentCommits => 1;

    /// <inheritdoc />
    public Task<GalleryRecord?> CreateGalleryAsync(
        GalleryRecord gallery, Guid token, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.CreateGallery(gallery, token), cancellationToken);

    /// <inheritdoc />
    public Task<bool> DeleteGalleryAsync(long number, Guid token, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.DeleteGallery(number, token), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PurgeAsync(int rows, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.Purge(rows), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PurgeIdentityAsync(
        PartitionKey key, string identityId, int rows, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.PurgeIdentity(key, identityId, rows), cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryForgetDeletedAsync(CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.TryEmptyLog(), cancellationToken);

    /// <inheritdoc />
    public Task<TakenPartition?> TakePartitionAsync(
        PartitionKey key, Guid owner, CancellationToken cancellationToken) => owner == Guid.Empty
        ? throw new ArgumentException("Nobody cannot take a partition.", nameof(owner))
        : WriteAsync(writer => writer.Take(key, owner), cancellationToken);

    /// <inheritdoc />
    public Task<PartitionPosition?> RetakePartitionAsync(
        PartitionOwner held, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.Retake(held), cancellationToken);

    /// <inheritdoc />
    public Task<bool> ReleasePartitionAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.Release(held), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<long?>> ConfirmOwnersAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<long?>>(
            snapshot => [.. held.Select(owner => PartitionQueries.SequenceOf(snapshot, owner))], cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PartitionWrite> writes) =>
        WriteAsync(writer => writer.Commit(writes), CancellationToken.None);

    /// <inheritdoc />
    public Task<bool> CommitJointAsync(JointWrite write) =>
        WriteAsync(writer => writer.CommitJoint(write), CancellationToken.None);

    /// <inheritdoc />
    public Task<bool> CommitErasureAsync(ErasureWrite write) =>
        WriteAsync(writer => writer.CommitErasure(write), CancellationToken.None);

    /// <inheritdoc />
    public Task<IReadOnlyList<ErasedContent>> FindErasedAsync(
        long gallery, IReadOnlyList<byte[]> digests, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => ErasedQueries.Find(snapshot, gallery, digests), cancellationToken);

    /// <inheritdoc />
    public Task<StoredOperation?> ReadOperationAsync(
        long gallery, string id, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => OperationQueries.Find(snapshot, gallery, id), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PutSearchBasisAsync(
        long gallery, long expectedVersion, StoredBasis basis, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.PutSearchBasis(gallery, expectedVersion, basis), cancellationToken);

    /// <inheritdoc />
    public Task<bool> PutSettingsAsync(
        long gallery, string expected, string settings, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.PutSettings(gallery, expected, settings), cancellationToken);

    /// <inheritdoc />
    public Task CheckWritableAsync(CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.CheckWritable(), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        ReadAsync(GalleryQueries.All, cancellationToken);

    /// <inheritdoc />
    public Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => GalleryQueries.Named(snapshot, name), cancellationToken);

    /// <inheritdoc />
    public Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => GalleryQueries.Numbered(snapshot, number), cancellationToken);

    /// <inheritdoc />
    public Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => GalleryQueries.BasisVersion(snapshot, gallery), cancellationToken);

    /// <inheritdoc />
    public Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => GalleryQueries.Basis(snapshot, gallery), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PartitionState>> ReadPartitionsAsync(
        long gallery, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => PartitionQueries.OfGallery(snapshot, gallery), cancellationToken);

    /// <inheritdoc />
    public Task<PartitionState?> ReadPartitionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => PartitionQueries.Find(snapshot, key), cancellationToken);

    /// <inheritdoc />
    public Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken) =>
        StreamAsync(
            _loading, snapshot => PartitionQueries.Rows(snapshot, key, after, onRow, cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredRemoval>?> ReadRemovalsAsync(
        PartitionKey key, long after, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => PartitionQueries.Removals(snapshot, key, after), cancellationToken);

    /// <inheritdoc />
    public Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken) =>
        StreamAsync(
            _auditing, snapshot => AuditQueries.Audit(snapshot, key, audit, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => IdentityQueries.Find(snapshot, key, identityId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        long gallery, string? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => IdentityQueries.List(snapshot, gallery, after, limit), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken) =>
        ReadAsync(
            snapshot => IdentityQueries.Images(
                snapshot, key, identityId, after, limit, withEmbeddings, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => IdentityQueries.Image(snapshot, key, identityId, imageId), cancellationToken);

    /// <inheritdoc />
    public Task<PictureFile?> ReadPictureAsync(
        PartitionKey key, string identityId, string imageId, PictureKind kind, CancellationToken cancellationToken) =>
        ReadAsync(
            snapshot => PictureQueries.Find(snapshot, key, identityId, imageId, kind), cancellationToken);

    /// <inheritdoc />
    public Task<long> ReadPictureBytesAsync(long gallery, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => PictureQueries.BytesOf(snapshot, gallery), cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _auditing.Dispose();
        _loading.Dispose();
        _reading.Dispose();
        _writing.Dispose();
    }

    private Task<T> WriteAsync<T>(Func<SqliteWriter, T> write, CancellationToken cancellationToken) =>
        _writing.RunAsync(writer => writer.Run(write), cancellationToken);

    private Task<T> ReadAsync<T>(Func<SqliteSnapshot, T> read, CancellationToken cancellationToken) =>
        _reading.RunAsync(reader => reader.Read(read), cancellationToken);

    private static Task<bool> StreamAsync(
        StoreThreads<SqliteReader> threads, Action<SqliteSnapshot> read, CancellationToken cancellationToken) =>
        threads.RunAsync(
            reader => reader.Read(snapshot =>
            {
                read(snapshot);
                return true;
            }),
            cancellationToken);
}
