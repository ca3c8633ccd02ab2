using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>Rows to records, in one place for writer and readers.</summary>
internal static class SqliteRows
{
    /// <summary>The columns that <see cref="Gallery"/> reads, in order.</summary>
    public const string GalleryColumns = "number, name, dimension, partitions, created_at, settings";

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
