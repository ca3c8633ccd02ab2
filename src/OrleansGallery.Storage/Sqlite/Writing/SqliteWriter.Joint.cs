using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <content>Operations over two identities, seldom enough to prepare nothing.</content>
internal sealed partial class SqliteWriter
{
    // The images that move, all or those that a JSON array names; the key finds them either way.
    private static string Moving(bool all) => "FROM images WHERE gallery = $1 AND partition = $2 AND identity = $3 "
        + $"AND version >= $4 AND {(all ? "$5 IS NULL" : "image IN (SELECT value FROM json_each($5))")}";

    public bool CommitJoint(JointWrite write) => Write(snapshot =>
    {
        // Nobody else writes meanwhile: what holds here holds for the whole transaction.
        if (!write.Shares.All(share => PartitionQueries.SequenceOf(snapshot, share.Held) == share.Sequence))
        {
            return false;
        }

        try
        {
            // Of which life the images are, before the identity may be deleted.
            long born = BornOf(snapshot, write.Transfer.From, write.Transfer.FromIdentity) ?? long.MaxValue;
            foreach (PartitionWrite share in write.Shares)
            {
                _commits.Apply(snapshot.Transaction, share);
            }

            Move(snapshot, write, born);
            BeforeCommit?.Invoke();
            return true;
        }
        catch (SqliteException cause) when (SqliteErrors.IsDataError(cause))
        {
            throw new StoreDataException($"The store refused the data of an operation: {cause.Message}", cause);
        }
    });

    private static void Move(SqliteSnapshot snapshot, JointWrite write, long born)
    {
        ImageTransfer transfer = write.Transfer;
        object?[] moving =
        [
            transfer.From.Gallery, transfer.From.Partition, transfer.FromIdentity, born,
            transfer.ImageIds is null ? null : OperationQueries.ToJson(transfer.ImageIds),
        ];
        string those = Moving(all: transfer.ImageIds is null);
        Note(
            snapshot, transfer.From.Gallery, write.Operation,
            snapshot.Select(
                $"SELECT json_group_array(json_array(image, hex(content_hash))) {those}", row => row.GetString(0),
                moving).Single());
        DropLeftovers(snapshot, transfer, those, moving);
        long version = write.Shares.Single(share => share.Held.Key == transfer.To).Sequence + 1;
        int moved = snapshot.Run(
            "UPDATE images SET partition = $6, identity = $7, version = $8 WHERE rowid IN (SELECT rowid "
            + $"{those})", [.. moving, transfer.To.Partition, transfer.ToIdentity, version]);
        if (moved != transfer.Count)
        {
            throw new StoreDataException(
                $"Of {transfer.Count} images that identity '{transfer.FromIdentity}' was to give, it has {moved}.");
        }
    }

    // Rows that an earlier life of the identity left behind give way.
    private static void DropLeftovers(
        SqliteSnapshot snapshot, ImageTransfer transfer, string those, object?[] moving)
    {
        if (snapshot.Select(
            $"SELECT 1 FROM purges {OfIdentity}", _ => true, transfer.To.Gallery, transfer.To.Partition,
            transfer.ToIdentity).Any())
        {
            snapshot.Run(
                "DELETE FROM images WHERE gallery = $1 AND partition = $6 AND identity = $7 AND version < $8 "
                + $"AND image IN (SELECT image {those})",
                [.. moving, transfer.To.Partition, transfer.ToIdentity,
                    BornOf(snapshot, transfer.To, transfer.ToIdentity)]);
        }
    }

    private static long? BornOf(SqliteSnapshot snapshot, PartitionKey key, string identityId) => snapshot.Select(
        $"SELECT born FROM identities {OfIdentity}", row => (long?)row.GetInt64(0), key.Gallery, key.Partition,
        identityId).SingleOrDefault();

    private static void Note(
        SqliteSnapshot snapshot, long gallery, StoredOperation operation, string images) => snapshot.Run(
        "INSERT INTO operations (gallery, id, digest, receipt, expires_at, images) VALUES ($1, $2, $3, $4, $5, $6)",
        gallery, operation.Id, operation.Digest, operation.Receipt, operation.ExpiresAt.ToUnixTimeMilliseconds(),
        images);
}
