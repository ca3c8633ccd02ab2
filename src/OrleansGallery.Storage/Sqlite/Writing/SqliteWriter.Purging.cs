namespace OrleansGallery.Storage;

/// <content>What deletions left behind goes in small pieces.</content>
internal sealed partial class SqliteWriter
{
    // Whoever loads a partition again asks for far fewer.
    private const int KeptRemovals = 10_000;

    // All that a deleted gallery may have left, by tables and their keys.
    private static readonly (string Table, string Key)[] OfGalleries =
    [
        ("images", "rowid"),
        ("facet_sums", "rowid"),
        ("identities", "rowid"),
        ("purges", "gallery, partition, identity"),
        ("removals", "gallery, partition, version, digest"),
    ];

    public bool Purge(int rows) => Write(snapshot =>
        TryPurgeGallery(snapshot, rows) || TryPurgeIdentity(snapshot, rows) || TryPurgeRemovals(snapshot, rows));

    private static bool TryPurgeGallery(SqliteSnapshot snapshot, int rows)
    {
        long? number = snapshot.Select(
            "SELECT number FROM deleted_galleries WHERE purged = 0 LIMIT 1", row => (long?)row.GetInt64(0))
            .SingleOrDefault();
        if (number is null)
        {
            return false;
        }

        int left = rows;
        foreach ((string table, string key) in OfGalleries)
        {
            left -= snapshot.Run(
                $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE gallery = $1 LIMIT $2)",
                number, left);
            if (left <= 0)
            {
                return true;
            }
        }

        snapshot.Run("UPDATE deleted_galleries SET purged = 1 WHERE number = $1", number);
        return true;
    }

    // Walks along the images by id, remembering where it stopped: the identity may live again and have more images by
    // now than one transaction should look at.
    private static bool TryPurgeIdentity(SqliteSnapshot snapshot, int rows)
    {
        (object[] Identity, long Version, string After)? next = snapshot.Select(
            "SELECT gallery, partition, identity, version, after FROM purges LIMIT 1",
            row => ((object[], long, string)?)(
                [row.GetInt64(0), row.GetInt32(1), row.GetString(2)], row.GetInt64(3), row.GetString(4)))
            .SingleOrDefault();
        if (next is not { } purge)
        {
            return false;
        }

        List<(long Row, string Image, long Version)> images = [.. snapshot.Select(
            "SELECT rowid, image, version FROM images WHERE gallery = $1 AND partition = $2 AND identity = $3 "
            + "AND image > $4 ORDER BY image LIMIT $5",
            row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2)), [.. purge.Identity, purge.After, rows])];
        using SqliteStatement delete = new(snapshot.Connection, "DELETE FROM images WHERE rowid = $1", 1);
        foreach ((long row, _, _) in images.Where(image => image.Version < purge.Version))
        {
            delete.Run(snapshot.Transaction, row);
        }

        const string OfIdentity = "WHERE gallery = $1 AND partition = $2 AND identity = $3";
        _ = images.Count < rows
            ? snapshot.Run($"DELETE FROM purges {OfIdentity}", purge.Identity)
            : snapshot.Run($"UPDATE purges SET after = $4 {OfIdentity}", [.. purge.Identity, images[^1].Image]);
        return true;
    }

    // Several removals may share a version: whoever asks for what came after it needs none of them.
    private static bool TryPurgeRemovals(SqliteSnapshot snapshot, int rows)
    {
        (long Gallery, int Partition, long Count)? next = snapshot.Select(
            $"SELECT gallery, partition, removals FROM partitions WHERE removals > {KeptRemovals} LIMIT 1",
            row => ((long, int, long)?)(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2))).SingleOrDefault();
        if (next is not var (gallery, partition, count))
        {
            return false;
        }

        List<long> versions = [.. snapshot.Select(
            "DELETE FROM removals WHERE (gallery, partition, version, digest) IN (SELECT gallery, partition, version, "
            + "digest FROM removals WHERE gallery = $1 AND partition = $2 ORDER BY version LIMIT $3) RETURNING version",
            row => row.GetInt64(0), gallery, partition, Math.Min(rows, count - KeptRemovals))];
        snapshot.Run(
            "UPDATE partitions SET removals = removals - $3, removal_floor = max(removal_floor, $4) "
            + "WHERE gallery = $1 AND partition = $2", gallery, partition, versions.Count,
            versions.DefaultIfEmpty().Max());
        return true;
    }
}
