using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The reads of partitions, each within the snapshot it is given.</summary>
internal static class PartitionQueries
{
    private const string Columns = "SELECT " + SqliteRows.StateColumns + " FROM partitions WHERE gallery = $1 ";

    // The order of the join is the order of the walk: along identities, each identity's facets by index.
    private const string RowsAndFacets = """
        SELECT i.identity, i.version, i.count, i.hash, i.centroid, i.attributes, i.born, f.facet, f.count,
            CASE WHEN f.count < i.count THEN f.sum END
        FROM identities i LEFT JOIN facet_sums f
            ON f.gallery = i.gallery AND f.partition = i.partition AND f.identity = i.identity AND f.born = i.sums_born
        WHERE i.gallery = $1 AND i.partition = $2 AND i.version > $3 ORDER BY i.identity
        """;

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
        StoredRow? last = null;
        List<StoredFacet> facets = [];
        foreach ((StoredRow row, StoredFacet? facet) in snapshot.Select(
            RowsAndFacets, row => Read(row, last), key.Gallery, key.Partition, after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ReferenceEquals(row, last))
            {
                Tell(last, facets, onRow);
                (last, facets) = (row, []);
            }

            if (facet is not null)
            {
                facets.Add(facet);
            }
        }

        Tell(last, facets, onRow);
    }

    // An identity comes once per facet; the rest of its row is read once.
    private static (StoredRow Row, StoredFacet? Facet) Read(SqliteDataReader row, StoredRow? last) => (
        last is not null && last.IdentityId == row.GetString(0) ? last : DatabaseRows.Row(row),
        row.IsDBNull(DatabaseRows.RowWidth) ? null : DatabaseRows.FacetOfRow(row, DatabaseRows.RowWidth));

    private static void Tell(StoredRow? row, List<StoredFacet> facets, Action<StoredRow> onRow)
    {
        if (row is not null)
        {
            onRow(row with { Facets = facets });
        }
    }
}
