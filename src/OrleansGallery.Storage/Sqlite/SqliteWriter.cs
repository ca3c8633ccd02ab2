using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The one writing connection with its prepared statements; used by one thread at a time.</summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private const string OfPartition = "gallery = $gallery AND partition = $partition";
    private const int ProbeBytes = 64 * 1024;
    private const string OfIdentity = OfPartition + " AND identity = $identity";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _advance;
    private readonly SqliteStatement _take;
    private readonly SqliteStatement _retake;
    private readonly SqliteStatement _putIdentity;
    private readonly SqliteStatement _deleteIdentity;
    private readonly SqliteStatement _putFacet;
    private readonly SqliteStatement _deleteFacet;
    private readonly SqliteStatement _deleteFacets;
    private readonly SqliteStatement _addImage;
    private readonly SqliteStatement _deleteImage;
    private readonly SqliteStatement _deleteImages;
    private int? _maxPages;

    public SqliteWriter(string file)
    {
        _connection = SqliteConnections.Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SqliteConnections.Execute(_connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                + "PRAGMA journal_size_limit = 67108864;");
            SqliteSchema.Migrate(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _advance = new(_connection,
            $"UPDATE partitions SET sequence = sequence + 1, token = $token WHERE {OfPartition} AND epoch = $epoch "
            + "AND sequence = $sequence", "$gallery", "$partition", "$epoch", "$sequence", "$token");
        _take = new(_connection,
            $"UPDATE partitions SET epoch = epoch + 1 WHERE {OfPartition} RETURNING epoch, sequence, token",
            "$gallery", "$partition");
        _retake = new(_connection,
            $"UPDATE partitions SET epoch = epoch + 1 WHERE {OfPartition} AND epoch = $epoch "
            + "RETURNING epoch, sequence, token", "$gallery", "$partition", "$epoch");
        _putIdentity = new(_connection,
            "INSERT INTO identities (gallery, partition, identity, version) VALUES ($gallery, $partition, $identity, "
            + "$version) ON CONFLICT DO UPDATE SET version = excluded.version",
            "$gallery", "$partition", "$identity", "$version");
        _deleteIdentity = new(_connection, $"DELETE FROM identities WHERE {OfIdentity}",
            "$gallery", "$partition", "$identity");
        _putFacet = new(_connection,
            "INSERT INTO facet_sums (gallery, partition, identity, facet, count, sum) VALUES ($gallery, $partition, "
            + "$identity, $facet, $count, $sum) ON CONFLICT DO UPDATE SET count = excluded.count, sum = excluded.sum",
            "$gallery", "$partition", "$identity", "$facet", "$count", "$sum");
        _deleteFacet = new(_connection, $"DELETE FROM facet_sums WHERE {OfIdentity} AND facet = $facet",
            "$gallery", "$partition", "$identity", "$facet");
        _deleteFacets = new(_connection, $"DELETE FROM facet_sums WHERE {OfIdentity}",
            "$gallery", "$partition", "$identity");
        _addImage = new(_connection,
            "INSERT INTO images (gallery, partition, identity, image, facet, content_hash, taken_at, version, "
            + "embedding) VALUES ($gallery, $partition, $identity, $image, $facet, $hash, $taken, $version, "
            + "$embedding)",
            "$gallery", "$partition", "$identity", "$image", "$facet", "$hash", "$taken", "$version", "$embedding");
        _deleteImage = new(_connection, $"DELETE FROM images WHERE {OfIdentity} AND image = $image",
            "$gallery", "$partition", "$identity", "$image");
        _deleteImages = new(_connection, $"DELETE FROM images WHERE {OfIdentity}",
            "$gallery", "$partition", "$identity");
    }

    /// <summary>Called when everything is written, just before the commit makes it visible; for tests.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>The most pages that the file may have; for tests.</summary>
    public int? MaxPages
    {
        set
        {
            if (value != _maxPages)
            {
                SqliteConnections.Execute(_connection, string.Create(
                    CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {value ?? int.MaxValue}"));
                _maxPages = value;
            }
        }
    }

    /// <summary>Whether a write failed at its commit, so that nobody knows whether it happened.</summary>
    public bool IsCommitting { get; private set; }

    public void CheckWritable()
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        _addImage.Run(transaction, -1L, -1, "", "", "", new byte[32], null, 0L, new byte[ProbeBytes]);
        _deleteImages.Run(transaction, -1L, -1, "");
        Finish(transaction);
    }

    public PartitionPosition? TakePartition(PartitionKey key) => Take(_take, key.Gallery, key.Partition);

    public PartitionPosition? RetakePartition(PartitionKey key, long epoch) =>
        Take(_retake, key.Gallery, key.Partition, epoch);

    public bool[] Commit(IReadOnlyList<PartitionWrite> writes)
    {
        bool[] applied = new bool[writes.Count];
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        try
        {
            for (int i = 0; i < writes.Count; i++)
            {
                applied[i] = Apply(transaction, writes[i]);
            }
        }
        catch (SqliteException cause) when (SqliteErrors.IsDataError(cause))
        {
            throw new StoreDataException($"The store refused the data of a commit: {cause.Message}", cause);
        }

        BeforeCommit?.Invoke();
        Finish(transaction);
        return applied;
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in (ReadOnlySpan<SqliteStatement>)[
            _advance, _take, _retake, _putIdentity, _deleteIdentity, _putFacet, _deleteFacet, _deleteFacets, _addImage,
            _deleteImage, _deleteImages])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private void Finish(SqliteTransaction transaction)
    {
        IsCommitting = true;
        transaction.Commit();
        IsCommitting = false;
    }

    private PartitionPosition? Take(SqliteStatement statement, params ReadOnlySpan<object?> values)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        PartitionPosition? position = null;
        using (SqliteDataReader row = statement.Read(transaction, values))
        {
            if (row.Read())
            {
                position = SqliteRows.Position(row);
            }
        }

        Finish(transaction);
        return position;
    }

    private bool Apply(SqliteTransaction transaction, PartitionWrite write)
    {
        (long gallery, int partition) = write.Key;
        if (_advance.Run(
            transaction, gallery, partition, write.Epoch, write.Sequence, write.Token.ToByteArray()) == 0)
        {
            return false;
        }

        foreach (IdentityWrite identity in write.Identities)
        {
            if (identity.Deleted)
            {
                _deleteImages.Run(transaction, gallery, partition, identity.IdentityId);
                _deleteFacets.Run(transaction, gallery, partition, identity.IdentityId);
                _deleteIdentity.Run(transaction, gallery, partition, identity.IdentityId);
            }
            else
            {
                Put(transaction, write.Key, identity, write.Sequence + 1);
            }
        }

        return true;
    }

    private void Put(SqliteTransaction transaction, PartitionKey key, IdentityWrite identity, long version)
    {
        (long gallery, int partition) = key;
        string id = identity.IdentityId;
        _putIdentity.Run(transaction, gallery, partition, id, version);
        foreach (StoredFacet facet in identity.Facets)
        {
            _ = facet.Count == 0
                ? _deleteFacet.Run(transaction, gallery, partition, id, facet.Facet)
                : _putFacet.Run(transaction, gallery, partition, id, facet.Facet, facet.Count, facet.Sum);
        }

        foreach (string imageId in identity.RemovedImages)
        {
            _deleteImage.Run(transaction, gallery, partition, id, imageId);
        }

        foreach (StoredImage image in identity.AddedImages)
        {
            _addImage.Run(transaction, gallery, partition, id, image.ImageId, image.Facet, image.ContentHash,
                image.TakenAt?.ToUnixTimeMilliseconds(), version, image.Embedding);
        }
    }
}
