using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <content>Erasures: what they delete is overwritten where it lay, and its log is emptied.</content>
internal sealed partial class SqliteWriter
{
    public bool CommitErasure(ErasureWrite write) => Write(snapshot => Overwriting(snapshot, () =>
    {
        // Nobody else writes meanwhile: what holds here holds for the whole transaction.
        if (PartitionQueries.SequenceOf(snapshot, write.Share.Held) != write.Share.Sequence)
        {
            return false;
        }

        try
        {
            Refuse(snapshot, write);
            _commits.Apply(snapshot.Transaction, write.Share);
            PartitionKey key = write.Share.Held.Key;
            snapshot.Run($"UPDATE purges SET erased = 1 {OfIdentity}", key.Gallery, key.Partition, write.IdentityId);
            StoredOperation operation = write.Operation;
            snapshot.Run(
                "INSERT INTO operations (gallery, id, digest, receipt, expires_at, images) "
                + "VALUES ($1, $2, $3, $4, $5, '[]')",
                key.Gallery, operation.Id, operation.Digest, operation.Receipt,
                operation.ExpiresAt.ToUnixTimeMilliseconds());
            BeforeCommit?.Invoke();
            return true;
        }
        catch (SqliteException cause) when (SqliteErrors.IsDataError(cause))
        {
            throw new StoreDataException($"The store refused the data of an erasure: {cause.Message}", cause);
        }
    }));

    public bool PurgeIdentity(PartitionKey key, string identityId, int rows)
    {
        bool more = Write(snapshot => TryPurgeIdentity(
            snapshot, rows, OfIdentity, key.Gallery, key.Partition, identityId));
        if (!more)
        {
            EmptyLog();
        }

        return more;
    }

    // Of its present life, and before it is gone.
    private static void Refuse(SqliteSnapshot snapshot, ErasureWrite write)
    {
        (long gallery, int partition) = write.Share.Held.Key;
        string those = $"FROM images {OfIdentity} AND version >= (SELECT born FROM identities {OfIdentity}) "
            + $"AND {(write.ImageId is null ? "$4 IS NULL" : "image = $4")}";
        object?[] values = [gallery, partition, write.IdentityId, write.ImageId];
        long count = snapshot.Select($"SELECT count(*) {those}", row => row.GetInt64(0), values).Single();
        if (count != write.Count)
        {
            throw new StoreDataException(
                $"Of {write.Count} images of identity '{write.IdentityId}' that were to be erased, it has {count}.");
        }

        if (write.RefusedUntil is { } until)
        {
            snapshot.Run(
                $"INSERT INTO erased (gallery, digest, expires_at) SELECT DISTINCT $1, content_hash, $5 {those} "
                + "ON CONFLICT (gallery, digest) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)",
                [.. values, until.ToUnixTimeMilliseconds()]);
        }
    }

    private static bool TryPurgeErased(SqliteSnapshot snapshot, int rows) => snapshot.Run(
        "DELETE FROM erased WHERE (gallery, digest) IN "
        + "(SELECT gallery, digest FROM erased WHERE expires_at < $1 LIMIT $2)",
        DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), rows) > 0;

    // What is deleted lies in the file's free places otherwise, until something else needs them.
    private static T Overwriting<T>(SqliteSnapshot snapshot, Func<T> delete)
    {
        long before = snapshot.Select("PRAGMA secure_delete", row => row.GetInt64(0)).Single();
        snapshot.Run("PRAGMA secure_delete = 1");
        try
        {
            return delete();
        }
        finally
        {
            snapshot.Run($"PRAGMA secure_delete = {(before == 2 ? "fast" : before == 1 ? "1" : "0")}");
        }
    }

    // The log still has pages as they were before. Readers are not waited for: what they keep from being emptied now is
    // by the next erasure, or written over when the log begins anew.
    private void EmptyLog()
    {
        long timeout = Ask("PRAGMA busy_timeout");
        Ask("PRAGMA busy_timeout = 0");
        try
        {
            Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            Ask($"PRAGMA busy_timeout = {timeout.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private long Ask(string pragma)
    {
        using SqliteStatement statement = new(_connection, pragma, 0);
        using SqliteDataReader row = statement.Read(null);
        return row.Read() ? row.GetInt64(0) : 0;
    }
}
