using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The reads of a gallery's contents, each within the transaction it is given.</summary>
internal static class SqliteQueries
{
    private const string OfPartition = "gallery = $gallery AND partition = $partition";

    public static long SearchBasisVersion(SqliteConnection connection, SqliteTransaction transaction, long gallery)
    {
        using SqliteStatement select = new(
            connection, "SELECT search_basis_version FROM galleries WHERE number = $gallery", "$gallery");
        using SqliteDataReader row = select.Read(transaction, gallery);
        return row.Read() ? row.GetInt64(0) : 0;
    }

    public static StoredBasis? SearchBasis(SqliteConnection connection, SqliteTransaction transaction, long gallery)
    {
        using SqliteStatement select = new(
            connection,
            "SELECT search_basis_version, search_basis FROM galleries WHERE number = $gallery "
            + "AND search_basis IS NOT NULL",
            "$gallery");
        using SqliteDataReader row = select.Read(transaction, gallery);
        return row.Read() ? new(row.GetInt64(0), (byte[])row[1]) : null;
    }

    public static PartitionPosition? Position(
        SqliteConnection connection, SqliteTransaction transaction, PartitionKey key)
    {
        using SqliteStatement select = new(connection,
            $"SELECT epoch, sequence, token FROM partitions WHERE {OfPartition}", "$gallery", "$partition");
        using SqliteDataReader row = select.Read(transaction, key.Gallery, key.Partition);
        return row.Read() ? SqliteRows.Position(row) : null;
    }

    public static void Identities(SqliteConnection connection, SqliteTransaction transaction, PartitionKey key,
        Action<StoredIdentity> onIdentity, CancellationToken cancellationToken)
    {
        using SqliteStatement select = new(connection,
            "SELECT i.identity, i.version, f.facet, f.count, f.sum FROM identities i JOIN facet_sums f "
            + "USING (gallery, partition, identity) WHERE i.gallery = $gallery AND i.partition = $partition "
            + "ORDER BY i.identity, f.facet", "$gallery", "$partition");
        using SqliteDataReader row = select.Read(transaction, key.Gallery, key.Partition);
        string? identityId = null;
        long version = 0;
        List<StoredFacet> facets = [];
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string next = row.GetString(0);
            if (identityId is not null && identityId != next)
            {
                onIdentity(new StoredIdentity { IdentityId = identityId, Version = version, Facets = facets });
                facets = [];
            }

            identityId = next;
            version = row.GetInt64(1);
            facets.Add(new StoredFacet(row.GetString(2), row.GetInt64(3), (byte[])row[4]));
        }

        if (identityId is not null)
        {
            onIdentity(new StoredIdentity { IdentityId = identityId, Version = version, Facets = facets });
        }
    }

    public static StoredIdentity? Identity(
        SqliteConnection connection, SqliteTransaction transaction, PartitionKey key, string identityId)
    {
        using SqliteStatement select = new(connection,
            "SELECT i.version, f.facet, f.count, f.sum FROM identities i JOIN facet_sums f USING (gallery, partition, "
            + "identity) WHERE i.gallery = $gallery AND i.partition = $partition AND i.identity = $identity "
            + "ORDER BY f.facet", "$gallery", "$partition", "$identity");
        using SqliteDataReader row = select.Read(transaction, key.Gallery, key.Partition, identityId);
        List<StoredFacet> facets = [];
        long version = 0;
        while (row.Read())
        {
            version = row.GetInt64(0);
            facets.Add(new StoredFacet(row.GetString(1), row.GetInt64(2), (byte[])row[3]));
        }

        return facets.Count == 0
            ? null
            : new StoredIdentity
            {
                IdentityId = identityId,
                Version = version,
                Facets = facets,
                Images = Images(connection, transaction, key, identityId, null, -1, withEmbeddings: false),
            };
    }

    /// <param name="connection">Where.</param>
    /// <param name="transaction">The snapshot.</param>
    /// <param name="key">The partition.</param>
    /// <param name="identityId">The identity.</param>
    /// <param name="after">Behind which id the page starts; null: at the first.</param>
    /// <param name="limit">At most so many; -1: all.</param>
    /// <param name="withEmbeddings">Whether to read the embeddings.</param>
    public static List<StoredImage> Images(SqliteConnection connection, SqliteTransaction transaction,
        PartitionKey key, string identityId, string? after, int limit, bool withEmbeddings)
    {
        string columns = withEmbeddings ? SqliteRows.ImageColumns + ", embedding" : SqliteRows.ImageColumns;
        using SqliteStatement select = new(connection,
            $"SELECT {columns} FROM images WHERE {OfPartition} AND identity = $identity AND image > $after "
            + "ORDER BY image LIMIT $limit", "$gallery", "$partition", "$identity", "$after", "$limit");
        using SqliteDataReader row =
            select.Read(transaction, key.Gallery, key.Partition, identityId, after ?? string.Empty, limit);
        List<StoredImage> images = [];
        while (row.Read())
        {
            images.Add(SqliteRows.Image(row, 0, withEmbeddings));
        }

        return images;
    }

    public static StoredImage? Image(SqliteConnection connection, SqliteTransaction transaction, PartitionKey key,
        string identityId, string imageId)
    {
        using SqliteStatement select = new(connection,
            $"SELECT {SqliteRows.ImageColumns}, embedding FROM images WHERE {OfPartition} AND identity = $identity "
            + "AND image = $image", "$gallery", "$partition", "$identity", "$image");
        using SqliteDataReader row = select.Read(transaction, key.Gallery, key.Partition, identityId, imageId);
        return row.Read() ? SqliteRows.Image(row, 0, withEmbedding: true) : null;
    }

    public static List<IdentityListing> Listings(SqliteConnection connection, SqliteTransaction transaction,
        PartitionKey key, string? after, int limit)
    {
        using SqliteStatement select = new(connection,
            "SELECT i.identity, i.version, (SELECT SUM(f.count) FROM facet_sums f WHERE f.gallery = i.gallery AND "
            + $"f.partition = i.partition AND f.identity = i.identity) FROM identities i WHERE {OfPartition} "
            + "AND identity > $after ORDER BY identity LIMIT $limit", "$gallery", "$partition", "$after", "$limit");
        using SqliteDataReader row =
            select.Read(transaction, key.Gallery, key.Partition, after ?? string.Empty, limit);
        List<IdentityListing> listings = [];
        while (row.Read())
        {
            listings.Add(new IdentityListing(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
        }

        return listings;
    }

    public static void AllImages(SqliteConnection connection, SqliteTransaction transaction, PartitionKey key,
        Action<string, StoredImage> onImage, CancellationToken cancellationToken)
    {
        using SqliteStatement select = new(connection,
            $"SELECT identity, {SqliteRows.ImageColumns}, embedding FROM images WHERE {OfPartition} "
            + "ORDER BY identity, image", "$gallery", "$partition");
        using SqliteDataReader row = select.Read(transaction, key.Gallery, key.Partition);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            onImage(row.GetString(0), SqliteRows.Image(row, 1, withEmbedding: true));
        }
    }
}
