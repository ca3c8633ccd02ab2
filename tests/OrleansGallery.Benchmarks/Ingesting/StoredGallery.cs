using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;

namespace OrleansGallery.Benchmarks.Ingesting;

/// <summary>A row of the table of images.</summary>
internal sealed record StoredRowOfImage(
    int Partition, string Identity, string ImageId, byte[] ContentHash, byte[] Embedding);

/// <summary>A row of the table of identities, with its one row of the table of sums.</summary>
internal sealed record StoredRowOfIdentity(int Partition, long Count, byte[] Hash, byte[] Centroid, byte[] Sum);

/// <summary>What a service wrote for the only gallery of a file.</summary>
internal sealed record StoredGallery
{
    /// <summary>Components of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Partitions of the gallery.</summary>
    public required int Partitions { get; init; }

    /// <summary>The images in the order in which they were written.</summary>
    public required IReadOnlyList<StoredRowOfImage> Images { get; init; }

    /// <summary>The identities as they stand at the end.</summary>
    public required IReadOnlyDictionary<string, StoredRowOfIdentity> Identities { get; init; }

    /// <summary>Reads a file that nobody writes to.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What is in it.</returns>
    public static StoredGallery Read(string file)
    {
        using SqliteConnection connection = SqliteConnections.Open(file, SqliteOpenMode.ReadWrite);
        (int dimension, int partitions) = Select(
            connection, "SELECT dimension, partitions FROM galleries", row => (row.GetInt32(0), row.GetInt32(1)))
            .Single();
        return new StoredGallery
        {
            Dimension = dimension,
            Partitions = partitions,
            Images =
            [
                .. Select(
                    connection,
                    "SELECT partition, identity, image, content_hash, embedding FROM images ORDER BY rowid",
                    row => new StoredRowOfImage(
                        row.GetInt32(0), row.GetString(1), row.GetString(2), (byte[])row[3], (byte[])row[4])),
            ],
            Identities = Select(
                connection,
                "SELECT i.partition, i.identity, i.count, i.hash, i.centroid, s.sum FROM identities i "
                + "JOIN facet_sums s USING (gallery, partition, identity)",
                row => (
                    Id: row.GetString(1),
                    Row: new StoredRowOfIdentity(
                        row.GetInt32(0), row.GetInt64(2), (byte[])row[3], (byte[])row[4], (byte[])row[5])))
                .ToDictionary(one => one.Id, one => one.Row, StringComparer.Ordinal),
        };
    }

    private static List<T> Select<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader row = command.ExecuteReader();
        List<T> rows = [];
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }
}
