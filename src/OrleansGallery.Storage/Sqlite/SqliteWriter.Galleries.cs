using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <content>What is written of whole galleries, seldom enough to prepare nothing.</content>
internal sealed partial class SqliteWriter
{
    public GalleryRecord? CreateGallery(GalleryRecord gallery)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        using SqliteStatement insert = new(_connection,
            "INSERT INTO galleries (name, dimension, partitions, created_at, settings) "
            + "VALUES ($name, $dimension, $partitions, $created, $settings) ON CONFLICT DO NOTHING RETURNING number",
            "$name", "$dimension", "$partitions", "$created", "$settings");
        long? number = null;
        using (SqliteDataReader row = insert.Read(transaction, gallery.Name, gallery.Dimension, gallery.Partitions,
            gallery.CreatedAt.ToUnixTimeMilliseconds(), gallery.Settings))
        {
            if (row.Read())
            {
                number = row.GetInt64(0);
            }
        }

        if (number is null)
        {
            return null;
        }

        using SqliteStatement partition = new(_connection,
            "INSERT INTO partitions (gallery, partition, epoch, sequence, token) VALUES ($g, $p, 0, 0, $token)",
            "$g", "$p", "$token");
        for (int i = 0; i < gallery.Partitions; i++)
        {
            partition.Run(transaction, number.Value, i, Guid.Empty.ToByteArray());
        }

        Finish(transaction);
        return gallery with { Number = number.Value };
    }

    public bool DeleteGallery(long number)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        int deleted = Run(transaction, "DELETE FROM galleries WHERE number = $value", number);
        if (deleted > 0)
        {
            Run(transaction, "DELETE FROM partitions WHERE gallery = $value", number);
            Run(transaction, "INSERT INTO deleted_galleries (number) VALUES ($value)", number);
        }

        Finish(transaction);
        return deleted > 0;
    }

    public bool PurgeDeleted(int rows)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        long? number = null;
        using (SqliteStatement next = new(_connection, "SELECT MIN(number) FROM deleted_galleries"))
        using (SqliteDataReader row = next.Read(transaction))
        {
            number = row.Read() && !row.IsDBNull(0) ? row.GetInt64(0) : null;
        }

        if (number is null)
        {
            return false;
        }

        int purged = Run(transaction, "DELETE FROM images WHERE rowid IN (SELECT rowid FROM images WHERE gallery = "
            + $"$value LIMIT {rows})", number.Value);
        purged += Run(transaction, "DELETE FROM facet_sums WHERE rowid IN (SELECT rowid FROM facet_sums WHERE "
            + $"gallery = $value LIMIT {rows})", number.Value);
        if (purged == 0)
        {
            Run(transaction, "DELETE FROM identities WHERE gallery = $value", number.Value);
            Run(transaction, "DELETE FROM deleted_galleries WHERE number = $value", number.Value);
        }

        Finish(transaction);
        return true;
    }

    public bool PutSearchBasis(long gallery, long expectedVersion, StoredBasis basis)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        using SqliteStatement update = new(_connection,
            "UPDATE galleries SET search_basis_version = $version, search_basis = $basis WHERE number = $gallery "
            + "AND search_basis_version = $expected", "$gallery", "$expected", "$version", "$basis");
        bool stored = update.Run(transaction, gallery, expectedVersion, basis.Version, basis.Bytes) > 0;
        Finish(transaction);
        return stored;
    }

    private int Run(SqliteTransaction transaction, string sql, long value)
    {
        using SqliteStatement statement = new(_connection, sql, "$value");
        return statement.Run(transaction, value);
    }
}
