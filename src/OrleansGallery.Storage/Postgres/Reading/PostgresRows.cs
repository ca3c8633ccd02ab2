using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>Rows to records, where PostgreSQL's differ from SQLite's (<see cref="DatabaseRows"/>).</summary>
internal static class PostgresRows
{
    /// <summary>The columns that <see cref="State"/> reads, in order.</summary>
    public const string StateColumns =
        "gallery, partition, owner, epoch, sequence, token, identities, images, rows, hash";

    /// <summary>How many columns <see cref="State"/> reads.</summary>
    public const int StateWidth = 10;

    /// <summary>The columns that <see cref="DatabaseRows.Row"/> reads, in order, of <c>life</c>.</summary>
    public const string RowColumns =
        "life.identity, life.version, life.count, life.hash, life.centroid, life.attributes, life.born";

    /// <summary>The columns that <see cref="DatabaseRows.Image"/> reads, in order, of <c>there</c>; an embedding may
    /// follow.</summary>
    public const string ImageColumns =
        "there.image, there.facet, there.content_hash, there.taken_at, there.picture IS NOT NULL";

    public static PartitionState State(NpgsqlDataReader row) => new(
        new PartitionKey(row.GetInt64(0), row.GetInt32(1)),
        row.IsDBNull(2) ? Guid.Empty : row.GetGuid(2),
        new PartitionPosition(row.GetInt64(3), row.GetInt64(4), row.GetGuid(5)),
        DatabaseRows.Totals(row, 6));
}
