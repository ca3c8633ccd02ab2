using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The embedded store: one SQLite file in WAL mode, synchronous with the disk at every commit.</summary>
public sealed class SqliteGalleryStore : IGalleryStore
{
    private readonly ReopenedWriter _writer;
    private readonly SqliteReaders _readers;

    /// <summary>Opens the file; makes it and its tables where they do not exist.</summary>
    /// <param name="file">The file's path; its folder must exist.</param>
    /// <exception cref="InvalidDataException">A newer program wrote the file.</exception>
    /// <exception cref="StoreException">The file cannot be opened, or has no room.</exception>
    public SqliteGalleryStore(string file)
    {
        _writer = new ReopenedWriter(file);
        _readers = new SqliteReaders(file);
    }

    /// <summary>Called when everything of a commit is written, just before it becomes visible; for tests.</summary>
    internal Action? BeforeCommit
    {
        get => _writer.BeforeCommit;
        set => _writer.BeforeCommit = value;
    }

    /// <summary>The most pages that the file may have, as if its disk were no larger; null: no limit. For
    /// tests.</summary>
    internal int? MaxPages
    {
        set => _writer.MaxPages = value;
    }

    /// <inheritdoc />
    public GalleryRecord? CreateGallery(GalleryRecord gallery) =>
        _writer.Run(writer => writer.CreateGallery(gallery));

    /// <inheritdoc />
    public bool DeleteGallery(long number) =>
        _writer.Run(writer => writer.DeleteGallery(number));

    /// <inheritdoc />
    public bool PurgeDeleted(int rows) =>
        _writer.Run(writer => writer.PurgeDeleted(rows));

    /// <inheritdoc />
    public PartitionPosition? TakePartition(PartitionKey key) =>
        _writer.Run(writer => writer.TakePartition(key));

    /// <inheritdoc />
    public PartitionPosition? RetakePartition(PartitionKey key, long epoch) =>
        _writer.Run(writer => writer.RetakePartition(key, epoch));

    /// <inheritdoc />
    public IReadOnlyList<bool> Commit(IReadOnlyList<PartitionWrite> writes) =>
        _writer.Run(writer => writer.Commit(writes));

    /// <inheritdoc />
    public bool PutSearchBasis(long gallery, long expectedVersion, StoredBasis basis) =>
        _writer.Run(writer => writer.PutSearchBasis(gallery, expectedVersion, basis));

    /// <inheritdoc />
    public void CheckWritable() => _writer.Run(writer =>
    {
        writer.CheckWritable();
        return true;
    });

    /// <inheritdoc />
    public Task<IReadOnlyList<GalleryRecord>> ListGalleriesAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<GalleryRecord>>(
            (connection, transaction) => Galleries(connection, transaction, "ORDER BY name"), cancellationToken);

    /// <inheritdoc />
    public Task<GalleryRecord?> FindGalleryAsync(string name, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) =>
                Galleries(connection, transaction, "WHERE name = $key", name).SingleOrDefault(), cancellationToken);

    /// <inheritdoc />
    public Task<GalleryRecord?> FindGalleryAsync(long number, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) =>
                Galleries(connection, transaction, "WHERE number = $key", number).SingleOrDefault(), cancellationToken);

    /// <inheritdoc />
    public Task<long> ReadSearchBasisVersionAsync(long gallery, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) => SqliteQueries.SearchBasisVersion(connection, transaction, gallery),
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredBasis?> ReadSearchBasisAsync(long gallery, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) => SqliteQueries.SearchBasis(connection, transaction, gallery),
            cancellationToken);

    /// <inheritdoc />
    public Task<PartitionPosition?> ReadPositionAsync(PartitionKey key, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) => SqliteQueries.Position(connection, transaction, key), cancellationToken);

    /// <inheritdoc />
    public Task ReadPartitionAsync(
        PartitionKey key, Action<StoredIdentity> onIdentity, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) =>
            {
                SqliteQueries.Identities(connection, transaction, key, onIdentity, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task AuditPartitionAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) =>
            {
                if (SqliteQueries.Position(connection, transaction, key) is { } position)
                {
                    audit.OnPosition(position);
                    SqliteQueries.Identities(connection, transaction, key, audit.OnIdentity, cancellationToken);
                    SqliteQueries.AllImages(connection, transaction, key, audit.OnImage, cancellationToken);
                }

                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredIdentity?> ReadIdentityAsync(
        PartitionKey key, string identityId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) => SqliteQueries.Identity(connection, transaction, key, identityId),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<IdentityListing>> ListIdentitiesAsync(
        PartitionKey key, string? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<IdentityListing>>(
            (connection, transaction) => SqliteQueries.Listings(connection, transaction, key, after, limit),
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredImage>> ReadImagesAsync(
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings,
        CancellationToken cancellationToken) =>
        _readers.ReadAsync<IReadOnlyList<StoredImage>>(
            (connection, transaction) =>
                SqliteQueries.Images(connection, transaction, key, identityId, after, limit, withEmbeddings),
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredImage?> ReadImageAsync(
        PartitionKey key, string identityId, string imageId, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (connection, transaction) => SqliteQueries.Image(connection, transaction, key, identityId, imageId),
            cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
    }

    private static List<GalleryRecord> Galleries(
        SqliteConnection connection, SqliteTransaction transaction, string where, object? key = null)
    {
        string[] parameters = key is null ? [] : ["$key"];
        using SqliteStatement select = new(
            connection, $"SELECT {SqliteRows.GalleryColumns} FROM galleries {where}", parameters);
        using SqliteDataReader row = key is null ? select.Read(transaction) : select.Read(transaction, key);
        List<GalleryRecord> galleries = [];
        while (row.Read())
        {
            galleries.Add(SqliteRows.Gallery(row));
        }

        return galleries;
    }
}
