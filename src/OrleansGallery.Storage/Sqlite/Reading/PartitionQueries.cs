namespace OrleansGallery.Storage;

/// <summary>The reads of partitions, each within the snapshot it is given.</summary>
internal static class PartitionQueries
{
    private const string Columns = "SELECT " + SqliteRows.StateColumns + " FROM partitions WHERE gallery = $1 ";

    public static IReadOnlyList<PartitionState> OfGallery(SqliteSnapshot snapshot, long gallery) =>
        [.. snapshot.Select(Columns + "ORDER BY partition", SqliteRows.State, gallery)];

    public static PartitionState? Find(SqliteSnapshot snapshot, PartitionKey key) =>
        snapshot.Select(Columns + "AND partition = $2", SqliteRows.State, key.Gallery, key.Partition).SingleOrDefault();

    public static long? SequenceOf(SqliteSnapshot snapshot, PartitionOwner held) => snapshot.Select<long?>(
        "SELECT sequence FROM partitions WHERE gallery = $1 AND partition = $2 AND owner = $3 AND epoch = $4 "
        + "AND owner <> zeroblob(16)", row => row.GetInt64(0),
        held.Key.Gallery, held.Key.Partition, held.Owner.ToByteArray(), held.Epoch).SingleOrDefault();

    // A partition that is gone has no floor: whoever asks loads everything, which is nothing.
    public static IReadOnlyList<StoredRemoval>? Removals(SqliteSnapshot snapshot, PartitionKey key, long after)
    {
        (long gallery, int partition) = key;
        long floor = snapshot.Select(
            "SELECT removal_floor FROM partitions WHERE gallery = $1 AND partition = $2", row => row.GetInt64(0),
            gallery, partition).SingleOrDefault(long.MaxValue);
        return after < floor
            ? null
            : [.. snapshot.Select(
                "SELECT version, digest FROM removals WHERE gallery = $1 AND partition = $2 AND version > $3",
                row => DatabaseRows.Removal(row, 0), gallery, partition, after)];
    }

    public static void Rows(SqliteSnapshot snapshot, PartitionKey key, long after, Action<StoredRow> onRow,
        CancellationToken cancellationToken)
    {
        foreach (StoredRow row in snapshot.Select(
            $"SELECT {SqliteRows.RowColumns} FROM identities WHERE gallery = $1 AND partition = $2 AND version > $3",
            DatabaseRows.Row, key.Gallery, key.Partition, after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            onRow(row);
        }
    }
}
