using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The prepared statements of commits; used by one thread at a time.</summary>
internal sealed class CommitStatements(SqliteConnection connection) : IDisposable
{
    private const string OfPartition = "gallery = $1 AND partition = $2";
    private const string OfIdentity = OfPartition + " AND identity = $3";

    private readonly SqliteStatement _advance = new(
        connection,
        "UPDATE partitions SET sequence = sequence + 1, token = $6, identities = $7, images = $8, rows = $9, "
        + $"hash = $10 WHERE {OfPartition} AND owner = $3 AND owner <> zeroblob(16) AND epoch = $4 AND sequence = $5",
        10);

    private readonly SqliteStatement _putIdentity = new(
        connection,
        "INSERT INTO identities "
        + "(gallery, partition, identity, version, born, sums_born, count, hash, centroid, attributes) "
        + "VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7, $8) ON CONFLICT (gallery, partition, identity) DO UPDATE SET "
        + "version = excluded.version, count = excluded.count, hash = excluded.hash, centroid = excluded.centroid, "
        + "attributes = coalesce(excluded.attributes, attributes) RETURNING born, sums_born",
        8);

    private readonly SqliteStatement _deleteIdentity = new(
        connection, $"DELETE FROM identities WHERE {OfIdentity}", 3);

    private readonly SqliteStatement _putFacet = new(
        connection,
        "INSERT INTO facet_sums (gallery, partition, identity, facet, count, sum, born) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7) "
        + "ON CONFLICT DO UPDATE SET count = excluded.count, sum = excluded.sum, born = excluded.born",
        7);

    private readonly SqliteStatement _deleteFacet = new(
        connection, $"DELETE FROM facet_sums WHERE {OfIdentity} AND facet = $4", 4);

    private readonly SqliteStatement _findErased = new(connection, ErasedQueries.Refused, 3);

    // A row that an earlier life of the identity left behind gives way.
    private readonly SqliteStatement _addImage = new(
        connection,
        "INSERT INTO images "
        + "(gallery, partition, identity, image, facet, content_hash, taken_at, version, embedding, picture) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11) ON CONFLICT (gallery, partition, identity, image) "
        + "DO UPDATE SET facet = excluded.facet, content_hash = excluded.content_hash, taken_at = excluded.taken_at, "
        + "version = excluded.version, embedding = excluded.embedding, picture = excluded.picture "
        + "WHERE images.version < $10",
        11);

    private readonly SqliteStatement _addPicture = new(
        connection,
        "INSERT INTO pictures (gallery, id, bytes, thumbnail_hash, thumbnail, original) "
        + "VALUES ($1, $2, $3, $4, $5, $6)",
        6);

    private readonly SqliteStatement _deleteImage = new(
        connection, $"DELETE FROM images WHERE {OfIdentity} AND image = $4", 4);

    private readonly SqliteStatement _noteRemoval = new(
        connection, "INSERT INTO removals (gallery, partition, version, digest) VALUES ($1, $2, $3, $4)", 4);

    private readonly SqliteStatement _notePurge = new(
        connection,
        "INSERT INTO purges (gallery, partition, identity, version) VALUES ($1, $2, $3, $4) "
        + "ON CONFLICT DO UPDATE SET version = excluded.version, after = '', after_facet = NULL",
        4);

    private readonly SqliteStatement _countRemovals = new(
        connection, $"UPDATE partitions SET removals = removals + $3 WHERE {OfPartition}", 3);

    private readonly SqliteStatement _addNote = new(
        connection,
        "INSERT INTO operations (gallery, id, digest, receipt, expires_at, images) VALUES ($1, $2, $3, $4, $5, '[]')",
        5);

    /// <summary>Writes one partition's share, unless the partition is another's.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="write">The share.</param>
    /// <returns>Whether it was written.</returns>
    public bool Apply(SqliteTransaction transaction, PartitionWrite write)
    {
        ((long gallery, int partition), Guid owner, long epoch) = write.Held;
        StoredTotals totals = write.Totals;
        if (_advance.Run(
            transaction, gallery, partition, owner.ToByteArray(), epoch, write.Sequence, write.Token.ToByteArray(),
            totals.Identities, totals.Images, totals.Rows, totals.Hash.ToByteArray()) == 0)
        {
            return false;
        }

        int removed = 0;
        foreach (IdentityWrite identity in write.Identities)
        {
            if (identity.Note is { } note)
            {
                _addNote.Run(
                    transaction, gallery, note.Id, note.Digest, note.Receipt, note.ExpiresAt.ToUnixTimeMilliseconds());
            }

            if (identity.Count > 0)
            {
                Put(transaction, write.Held.Key, identity, write.Sequence + 1);
            }
            else if (TryDelete(transaction, write.Held.Key, identity.IdentityId, write.Sequence + 1))
            {
                removed++;
            }
        }

        if (removed > 0)
        {
            _countRemovals.Run(transaction, gallery, partition, removed);
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(
        [
            _advance, _putIdentity, _deleteIdentity, _putFacet, _deleteFacet, _findErased, _addImage, _addPicture,
            _deleteImage, _noteRemoval, _notePurge, _countRemovals, _addNote,
        ],
        statement => statement.Dispose());

    // The rows of images and sums stay until they are purged, so that this takes no longer for an identity of many.
    private bool TryDelete(SqliteTransaction transaction, PartitionKey key, string id, long version)
    {
        (long gallery, int partition) = key;
        if (_deleteIdentity.Run(transaction, gallery, partition, id) == 0)
        {
            return false;
        }

        _noteRemoval.Run(transaction, gallery, partition, version, SqliteRows.Bytes(StoredRemoval.DigestOf(id)));
        _notePurge.Run(transaction, gallery, partition, id, version);
        return true;
    }

    private void Put(SqliteTransaction transaction, PartitionKey key, IdentityWrite identity, long version)
    {
        (long gallery, int partition) = key;
        string id = identity.IdentityId;
        (long born, long sumsBorn) = PutIdentity(transaction, key, identity, version);
        foreach (StoredFacet facet in identity.Facets)
        {
            _ = facet.Count == 0
                ? _deleteFacet.Run(transaction, gallery, partition, id, facet.Facet)
                : _putFacet.Run(
                    transaction, gallery, partition, id, facet.Facet, facet.Count, PackedSum.Pack(facet.Sum),
                    sumsBorn);
        }

        foreach (string imageId in identity.RemovedImages)
        {
            _deleteImage.Run(transaction, gallery, partition, id, imageId);
        }

        foreach (StoredImage image in identity.AddedImages)
        {
            RequireNotErased(transaction, gallery, id, image);
            if (_addImage.Run(
                transaction, gallery, partition, id, image.ImageId, image.Facet, image.ContentHash,
                image.TakenAt?.ToUnixTimeMilliseconds(), version, image.Embedding, born,
                AddPicture(transaction, gallery, image.Picture)) == 0)
            {
                throw new StoreDataException($"Identity '{id}' has an image '{image.ImageId}' already.");
            }
        }
    }

    private void RequireNotErased(SqliteTransaction transaction, long gallery, string id, StoredImage image)
    {
        using SqliteDataReader row = _findErased.Read(
            transaction, gallery, image.ContentHash, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        if (row.Read())
        {
            throw new StoreDataException(
                $"The content of image '{image.ImageId}' of identity '{id}' was erased, and is refused.")
            {
                IsErased = true,
            };
        }
    }

    // Ids that grow with time, so that new ones come together at the end of their index.
    private byte[]? AddPicture(SqliteTransaction transaction, long gallery, StoredPicture? picture)
    {
        if (picture is null)
        {
            return null;
        }

        byte[] id = Guid.CreateVersion7().ToByteArray(bigEndian: true);
        _addPicture.Run(
            transaction, gallery, id, picture.Bytes, picture.ThumbnailHash, picture.Thumbnail, picture.Original);
        return id;
    }

    private (long Born, long SumsBorn) PutIdentity(
        SqliteTransaction transaction, PartitionKey key, IdentityWrite identity, long version)
    {
        using SqliteDataReader row = _putIdentity.Read(
            transaction, key.Gallery, key.Partition, identity.IdentityId, version, identity.Count,
            identity.Hash.ToByteArray(), identity.Centroid, AttributeText.Of(identity.Attributes));
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
