namespace OrleansGallery.Storage;

/// <content>What deletions left behind goes in small pieces.</content>
internal sealed partial class SqliteWriter
{
    // Whoever loads a partition again asks for far fewer.
    private const int KeptRemovals = 10_000;

    // The most bytes of pictures in one transaction, beside one that is larger: the file has one writer, which nobody
    // else may wait long for.
    private const long PictureBytes = 32 * 1024 * 1024;

    private const string BytesOfPicture =
        "coalesce((SELECT bytes FROM pictures WHERE gallery = images.gallery AND id = images.picture), 0)";

    private const string OfIdentity = "WHERE gallery = $1 AND partition = $2 AND identity = $3";

    // All that a deleted gallery may have left, by tables and their keys.
    private static readonly (string Table, string Key)[] OfGalleries =
    [
        ("images", "rowid"),
        ("facet_sums", "rowid"),
        ("identities", "rowid"),
        ("purges", "gallery, partition, identity"),
        ("removals", "gallery, partition, version, digest"),
        ("operations", "rowid"),
        ("erased", "gallery, digest"),
    ];

    public bool Purge(int rows) => Write(snapshot =>
        TryPurgeGallery(snapshot, rows) || TryPurgeIdentity(snapshot, rows) || TryPurgeRemovals(snapshot, rows)
        || TryPurgeExpired(snapshot, "operations", "rowid", rows)
        || TryPurgeExpired(snapshot, "erased", "gallery, digest", rows));

    private static bool TryPurgeExpired(SqliteSnapshot snapshot, string table, string key, int rows) => snapshot.Run(
        $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE expires_at < $1 LIMIT $2)",
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), rows) > 0;

    private static bool TryPurgeGallery(SqliteSnapshot snapshot, int rows)
    {
        long? number = snapshot.Select(
            "SELECT number FROM deleted_galleries WHERE purged = 0 LIMIT 1", row => (long?)row.GetInt64(0))
            .SingleOrDefault();
        if (number is null)
        {
            return false;
        }

        if (TryPurgePictures(snapshot, number.Value, rows))
        {
            return true;
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

    private static bool TryPurgePictures(SqliteSnapshot snapshot, long gallery, int rows)
    {
        List<(long Row, long Bytes)> found = [.. snapshot.Select(
            "SELECT rowid, bytes FROM pictures WHERE gallery = $1 LIMIT $2",
            row => (row.GetInt64(0), row.GetInt64(1)), gallery, rows)];
        using SqliteStatement delete = new(snapshot.Connection, "DELETE FROM pictures WHERE rowid = $1", 1);
        long bytes = 0;
        foreach ((long row, long size) in found)
        {
            delete.Run(snapshot.Transaction, row);
            bytes += size;
            if (bytes >= PictureBytes)
            {
                break;
            }
        }

        return found.Count > 0;
    }

    // Walks along the images, then the sums, by their ids, remembering where it stopped: the identity may live again
    // and have more by now than one transaction should look at.
    private static bool TryPurgeIdentity(
        SqliteSnapshot snapshot, int rows, string which = "", params object[] values)
    {
        Purging? next = snapshot.Select(
            $"SELECT gallery, partition, identity, version, after, after_facet FROM purges {which} LIMIT 1",
            row => (Purging?)new Purging(
                [row.GetInt64(0), row.GetInt32(1), row.GetString(2)], row.GetInt64(3), row.GetString(4),
                row.IsDBNull(5) ? null : row.GetString(5)), values).SingleOrDefault();
        return next is { } purge && PurgeIdentity(snapshot, rows, purge);
    }

    private static bool PurgeIdentity(SqliteSnapshot snapshot, int rows, Purging purge)
    {
        (object[] identity, long version, string after, string? afterFacet) = purge;
        (int left, string last) = afterFacet is null
            ? PurgeRows(
                snapshot, identity, rows, "images", "image", BytesOfPicture, "image > $4", after, "version < $6",
                version)
            : (rows, after);
        if (left == 0)
        {
            snapshot.Run($"UPDATE purges SET after = $4 {OfIdentity}", [.. identity, last]);
            return true;
        }

        // Of an identity that does not live, no sum is a present one.
        long born = snapshot.Select(
            $"SELECT sums_born FROM identities {OfIdentity}", row => row.GetInt64(0), identity).SingleOrDefault(-1);
        (left, last) = PurgeRows(
            snapshot, identity, left, "facet_sums", "facet", "0",
            afterFacet is null ? "facet >= $4" : "facet > $4", afterFacet ?? string.Empty, "born <> $6", born);
        _ = left > 0
            ? snapshot.Run($"DELETE FROM purges {OfIdentity}", identity)
            : snapshot.Run($"UPDATE purges SET after_facet = $4 {OfIdentity}", [.. identity, last]);
        return true;
    }

    // Looks at so many rows and deletes the old ones among them; how many more it may look at, and where it stopped.
    private static (int Left, string Last) PurgeRows(SqliteSnapshot snapshot, object[] identity, int rows,
        string table, string key, string size, string isBehind, string after, string isOld, long life)
    {
        List<(long Row, string Key, bool IsOld, long Bytes)> found = [.. snapshot.Select(
            $"SELECT rowid, {key}, {isOld}, {size} FROM {table} {OfIdentity} AND {isBehind} ORDER BY {key} LIMIT $5",
            row => (row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetInt64(3)),
            [.. identity, after, rows, life])];
        using SqliteStatement delete = new(snapshot.Connection, $"DELETE FROM {table} WHERE rowid = $1", 1);
        long bytes = 0;
        foreach ((long row, string last, _, long more) in found.Where(one => one.IsOld))
        {
            delete.Run(snapshot.Transaction, row);
            bytes += more;
            if (bytes >= PictureBytes)
            {
                return (0, last);
            }
        }

        return (rows - found.Count, found.Count > 0 ? found[^1].Key : after);
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

    // What an identity left behind, and how far it was walked along.
    private readonly record struct Purging(object[] Identity, long Version, string After, string? AfterFacet);
}
