using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>Rows to records, where SQLite's differ from PostgreSQL's (<see cref="DatabaseRows"/>).</summary>
internal static class SqliteRows
{
    /// <summary>The columns that <see cref="Position"/> reads, in order.</summary>
    public const string PositionColumns = "epoch, sequence, token";

    /// <summary>The columns that <see cref="State"/> reads, in order.</summary>
    public const string StateColumns = PositionColumns + ", gallery, partition, owner, identities, images, rows, hash";

    /// <summary>How many columns <see cref="State"/> reads.</summary>
    public const int StateWidth = 10;

    /// <summary>The columns that <see cref="DatabaseRows.Image"/> reads, in order; an embedding may follow. The type of
    /// a column stands in the row's head, so that nobody reads through the embedding before it.</summary>
    public const string ImageColumns = "image, facet, content_hash, taken_at, typeof(picture) <> 'null'";

    public static PartitionPosition Position(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), new Guid((byte[])row[2]));

    public static PartitionState State(SqliteDataReader row) => new(
        new PartitionKey(row.GetInt64(3), row.GetInt32(4)),
        new Guid((byte[])row[5]),
        Position(row),
        DatabaseRows.Totals(row, 6));

    public static byte[] Bytes(UInt128 digest)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, digest);
        return bytes;
    }
}
