namespace OrleansGallery.Storage;

/// <content>Who owns a partition.</content>
internal sealed partial class SqliteWriter
{
    public TakenPartition? Take(PartitionKey key, Guid owner) => Write(snapshot => snapshot.Select(
        "UPDATE partitions SET epoch = epoch + (owner <> $3), "
        + "handed_over = iif(owner = $3, handed_over, owner = zeroblob(16)), owner = $3 "
        + $"WHERE gallery = $1 AND partition = $2 RETURNING {SqliteRows.StateColumns}, handed_over",
        row => new TakenPartition(SqliteRows.State(row), row.GetBoolean(SqliteRows.StateWidth)),
        key.Gallery, key.Partition, owner.ToByteArray()).SingleOrDefault());

    public PartitionPosition? Retake(PartitionOwner held) => Write(snapshot => snapshot.Select(
        "UPDATE partitions SET epoch = $4 + 1 WHERE gallery = $1 AND partition = $2 AND owner = $3 "
        + $"AND owner <> zeroblob(16) AND epoch IN ($4, $4 + 1) RETURNING {SqliteRows.PositionColumns}",
        SqliteRows.Position,
        held.Key.Gallery, held.Key.Partition, held.Owner.ToByteArray(), held.Epoch).SingleOrDefault());

    public bool Release(PartitionOwner held) => Write(snapshot =>
    {
        snapshot.Run(
            "UPDATE partitions SET owner = zeroblob(16) WHERE gallery = $1 AND partition = $2 AND owner = $3 "
            + "AND epoch = $4", held.Key.Gallery, held.Key.Partition, held.Owner.ToByteArray(), held.Epoch);
        return PartitionQueries.Find(snapshot, held.Key)?.Owner == Guid.Empty;
    });
}
