using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <content>
/// Erasures. Whatever is deleted or replaced is overwritten with zeros where it lay, not only by an erasure: what a
/// removal or a move left in the file's free places before it, no erasure could find any more. It costs the log the
/// pages that are freed, about as much as was deleted, where they would be left as they are. Models are spared it.
/// </content>
internal sealed partial class SqliteWriter
{
    public bool CommitErasure(ErasureWrite write) => Write(snapshot =>
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
            Note(snapshot, write.Share.Held.Key.Gallery, write.Operation, images: "[]");
            BeforeCommit?.Invoke();
            return true;
        }
        catch (SqliteException cause) when (SqliteErrors.IsDataError(cause))
        {
            throw new StoreDataException($"The store refused the data of an erasure: {cause.Message}", cause);
        }
    });

    public bool PurgeIdentity(PartitionKey key, string identityId, int rows) => Write(snapshot => TryPurgeIdentity(
        snapshot, rows, OfIdentity, key.Gallery, key.Partition, identityId));

    // The log still has pages as they were before. Readers are not waited for: the writer has others to serve.
    public bool TryEmptyLog()
    {
        long timeout = Ask("PRAGMA busy_timeout");
        Ask("PRAGMA busy_timeout = 0");
        try
        {
            return Ask("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        }
        finally
        {
            Ask($"PRAGMA busy_timeout = {timeout.ToString(CultureInfo.InvariantCulture)}");
        }
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

    private void OverwriteDeleted(bool isOn) => Ask($"PRAGMA secure_delete = {(isOn ? 1 : 0)}");

    private long Ask(string pragma)
    {
        using SqliteStatement statement = new(_connection, pragma, 0);
        using SqliteDataReader row = statement.Read(null);
        return row.Read() ? row.GetInt64(0) : 0;
    }
}
