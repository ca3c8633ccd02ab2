using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>Rows to records, in one place for writer and readers.</summary>
internal static class SqliteRows
{
    /// <summary>The columns that <see cref="Gallery"/> reads, in order.</summary>
    public const string GalleryColumns = "number, name, dimension, partitions, created_at, settings";

    /// <summary>The columns that <see cref="Position"/> reads, in order.</summary>
    public const string PositionColumns = "epoch, sequence, token";

    /// <summary>The columns that <see cref="State"/> reads, in order.</summary>
    public const string StateColumns = PositionColumns + ", gallery, partition, owner, identities, images, rows, hash";

    /// <summary>How many columns <see cref="State"/> reads.</summary>
    public const int StateWidth = 10;

    /// <summary>The columns that <see cref="Row"/> reads, in order.</summary>
    public const string RowColumns = "identity, version, count, hash, centroid";

    /// <summary>The columns that <see cref="Image"/> reads, in order; an embedding may follow.</summary>
    public const string ImageColumns = "image, facet, content_hash, taken_at";

    public static GalleryRecord Gallery(SqliteDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Name = row.GetString(1),
        Dimension = row.GetInt32(2),
        Partitions = row.GetInt32(3),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Settings = row.GetString(5),
    };

    public static PartitionPosition Position(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), new Guid((byte[])row[2]));

    public static PartitionState State(SqliteDataReader row) => new(
        new PartitionKey(row.GetInt64(3), row.GetInt32(4)),
        new Guid((byte[])row[5]),
        Position(row),
        new StoredTotals(row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), Hash256.FromBytes((byte[])row[9])));

    public static StoredRow Row(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), Hash256.FromBytes((byte[])row[3]),
        row.IsDBNull(4) ? null : (byte[])row[4]);

    public static StoredFacet Facet(SqliteDataReader row, int first) => new(
        row.GetString(first), row.GetInt64(first + 1), PackedSum.Unpack((byte[])row[first + 2]));

    public static StoredRemoval Removal(SqliteDataReader row) => new(
        row.GetInt64(0), BinaryPrimitives.ReadUInt128BigEndian((byte[])row[1]));

    public static byte[] Bytes(UInt128 digest)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, digest);
        return bytes;
    }

    /// <param name="row">A row that has <see cref="ImageColumns"/> from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    /// <param name="withEmbedding">Whether the embedding follows them.</param>
    public static StoredImage Image(SqliteDataReader row, int first, bool withEmbedding) => new()
    {
        ImageId = row.GetString(first),
        Facet = row.GetString(first + 1),
        ContentHash = (byte[])row[first + 2],
        TakenAt = row.IsDBNull(first + 3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 3)),
        Embedding = withEmbedding ? (byte[])row[first + 4] : null,
    };
}
