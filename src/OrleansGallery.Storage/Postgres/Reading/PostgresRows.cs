using System.Buffers.Binary;
using Npgsql;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>Rows to records.</summary>
internal static class PostgresRows
{
    /// <summary>The columns that <see cref="Gallery"/> reads, in order.</summary>
    public const string GalleryColumns = "number, name, dimension, partitions, created_at, settings";

    /// <summary>The columns that <see cref="State"/> reads, in order.</summary>
    public const string StateColumns =
        "gallery, partition, owner, epoch, sequence, token, identities, images, rows, hash";

    /// <summary>How many columns <see cref="State"/> reads.</summary>
    public const int StateWidth = 10;

    /// <summary>The columns that <see cref="Row"/> reads, in order, of <c>life</c>.</summary>
    public const string RowColumns = "life.identity, life.version, life.count, life.hash, life.centroid";

    /// <summary>How many columns <see cref="Row"/> reads.</summary>
    public const int RowWidth = 5;

    /// <summary>The columns that <see cref="Image"/> reads, in order, of <c>there</c>; an embedding may
    /// follow.</summary>
    public const string ImageColumns = "there.image, there.facet, there.content_hash, there.taken_at";

    public static GalleryRecord Gallery(NpgsqlDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Name = row.GetString(1),
        Dimension = row.GetInt32(2),
        Partitions = row.GetInt32(3),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Settings = row.GetString(5),
    };

    public static PartitionState State(NpgsqlDataReader row) => new(
        new PartitionKey(row.GetInt64(0), row.GetInt32(1)),
        row.IsDBNull(2) ? Guid.Empty : row.GetGuid(2),
        new PartitionPosition(row.GetInt64(3), row.GetInt64(4), row.GetGuid(5)),
        new StoredTotals(row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), Hash256.FromBytes(Bytes(row, 9))));

    public static StoredRow Row(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), Hash256.FromBytes(Bytes(row, 3)),
        row.IsDBNull(4) ? null : Bytes(row, 4));

    /// <param name="row">A row that has facet, count and sum from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    public static StoredFacet Facet(NpgsqlDataReader row, int first) => new(
        row.GetString(first), row.GetInt64(first + 1), PackedSum.Unpack(Bytes(row, first + 2)));

    /// <param name="row">A row that has <see cref="ImageColumns"/> from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    /// <param name="withEmbedding">Whether the embedding follows them.</param>
    public static StoredImage Image(NpgsqlDataReader row, int first, bool withEmbedding) => new()
    {
        ImageId = row.GetString(first),
        Facet = row.GetString(first + 1),
        ContentHash = Bytes(row, first + 2),
        TakenAt = row.IsDBNull(first + 3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 3)),
        Embedding = withEmbedding ? Bytes(row, first + 4) : null,
    };

    /// <param name="row">A row that has a version and a digest from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    public static StoredRemoval Removal(NpgsqlDataReader row, int first) => new(
        row.GetInt64(first), BinaryPrimitives.ReadUInt128BigEndian(Bytes(row, first + 1)));

    private static byte[] Bytes(NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
