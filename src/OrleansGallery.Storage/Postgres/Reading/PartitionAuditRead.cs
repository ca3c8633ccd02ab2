using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>One audit within its snapshot. A cursor keeps the identities in order; their rows and images are fetched
/// for a few of them at a time, so that nothing large is sorted.</summary>
/// <param name="connection">A connection in the snapshot's transaction.</param>
/// <param name="key">The partition.</param>
/// <param name="audit">Receives it.</param>
internal sealed class PartitionAuditRead(NpgsqlConnection connection, PartitionKey key, IPartitionAudit audit)
{
    private const int IdentitiesAtOnce = 64;

    private static readonly string Cursor =
        $"""
        DECLARE ids SCROLL CURSOR FOR
        SELECT slot, identity FROM gallery.identities
        WHERE gallery = $1 AND slot = ANY ({PartitionSlots.Array})
        ORDER BY identity
        """;

    private const string Some =
        "FROM unnest($2, $3) WITH ORDINALITY AS asked (slot, identity, n) "
        + "JOIN gallery.identities AS life ON life.gallery = $1 AND life.slot = asked.slot "
        + "AND life.identity = asked.identity ";

    private const string OfLife =
        "ON there.gallery = life.gallery AND there.slot = life.slot AND there.identity = life.identity "
        + "AND there.born = life.born ";

    private const string RowsAndSums =
        $"SELECT {PostgresRows.RowColumns}, there.facet, there.count, there.sum {Some}"
        + $"LEFT JOIN gallery.facet_sums AS there {OfLife} ORDER BY asked.n, there.facet";

    private const string Images =
        $"SELECT there.identity, {PostgresRows.ImageColumns}, there.embedding, "
        + $"picture.thumbnail, picture.thumbnail_hash, picture.original {Some}"
        + $"JOIN gallery.images AS there {OfLife}"
        + "LEFT JOIN gallery.pictures AS picture ON picture.gallery = there.gallery AND picture.id = there.picture "
        + "ORDER BY asked.n, there.image";

    private StoredRow? _row;
    private List<StoredFacet> _facets = [];

    /// <summary>Reads all of it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<PartitionState> states = await connection.RunAsync(
            PostgresRows.State, cancellationToken, new Statement(
                $"SELECT {PostgresRows.StateColumns} FROM gallery.partitions WHERE gallery = $1 AND partition = $2",
                key.Gallery, key.Partition));
        if (states is not [PartitionState state])
        {
            return;
        }

        PartitionLoad.Tell(audit.OnPartition, state);
        await connection.ExecuteAsync(Cursor, cancellationToken, key.Gallery, key.Partition);
        await EachAsync(RowsAndSums, OnRow, cancellationToken);
        FlushRow();
        await connection.ExecuteAsync("MOVE ABSOLUTE 0 IN ids", cancellationToken);
        await EachAsync(Images, OnImage, cancellationToken);
    }

    private async Task EachAsync(string text, Action<NpgsqlDataReader> onRow, CancellationToken cancellationToken)
    {
        while (true)
        {
            List<(short Slot, string Identity)> ids = await connection.RunAsync(
                row => (row.GetInt16(0), row.GetString(1)), cancellationToken,
                new Statement($"FETCH {IdentitiesAtOnce} FROM ids"));
            if (ids.Count == 0)
            {
                return;
            }

            await PartitionLoad.ReadAsync(
                connection,
                new Statement(
                    text, key.Gallery, ids.Select(id => id.Slot).ToArray(), ids.Select(id => id.Identity).ToArray()),
                onRow, cancellationToken);
        }
    }

    // An identity comes once per facet.
    private void OnRow(NpgsqlDataReader row)
    {
        if (_row?.IdentityId != row.GetString(0))
        {
            FlushRow();
            _row = DatabaseRows.Row(row);
        }

        if (!row.IsDBNull(DatabaseRows.RowWidth))
        {
            _facets.Add(DatabaseRows.Facet(row, DatabaseRows.RowWidth));
        }
    }

    private void FlushRow()
    {
        if (_row is { } row)
        {
            List<StoredFacet> facets = _facets;
            PartitionLoad.Tell(one => audit.OnIdentity(one, facets), row);
        }

        _row = null;
        _facets = [];
    }

    private void OnImage(NpgsqlDataReader row)
    {
        string identityId = row.GetString(0);
        PartitionLoad.Tell(
            image => audit.OnImage(identityId, image), DatabaseRows.Whole(row, 1));
    }
}
