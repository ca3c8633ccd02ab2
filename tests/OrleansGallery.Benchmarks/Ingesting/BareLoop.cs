using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;

namespace OrleansGallery.Benchmarks.Ingesting;

/// <summary>Writes what a service wrote once more, without a service: the same bytes into the same tables, in groups of
/// the same size, each a transaction that is flushed to the disk.</summary>
/// <param name="rows">What the service wrote.</param>
internal sealed class BareLoop(StoredGallery rows)
{
    private const long Gallery = 1;
    private const long Version = 1;

    /// <summary>Writes everything into a new file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="images">How many images a transaction takes.</param>
    /// <returns>Images per second.</returns>
    public async Task<double> WriteAsync(string file, int images)
    {
        using (SqliteGalleryStore store = new(file))
        {
            await store.CreateGalleryAsync(
                new GalleryRecord
                {
                    Name = "bare", Dimension = rows.Dimension, Partitions = rows.Partitions,
                    CreatedAt = DateTimeOffset.UnixEpoch,
                },
                Guid.NewGuid(), CancellationToken.None);
        }

        using SqliteConnection connection = SqliteConnections.Open(file, SqliteOpenMode.ReadWrite);
        SqliteConnections.Execute(connection, "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
        using Statements statements = new(connection);
        long started = Stopwatch.GetTimestamp();
        foreach (StoredRowOfImage[] group in rows.Images.Chunk(images))
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            Write(statements, transaction, group);
            transaction.Commit();
        }

        return rows.Images.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private void Write(Statements statements, SqliteTransaction transaction, StoredRowOfImage[] group)
    {
        foreach (int partition in group.Select(image => image.Partition).Distinct())
        {
            statements.Partition.Run(
                transaction, Gallery, partition, Guid.NewGuid().ToByteArray(), (long)group.Length, new byte[32]);
        }

        foreach (string id in group.Select(image => image.Identity).Distinct(StringComparer.Ordinal))
        {
            StoredRowOfIdentity identity = rows.Identities[id];
            statements.Identity.Run(
                transaction, Gallery, identity.Partition, id, Version, identity.Count, identity.Hash,
                identity.Centroid);
            statements.Facet.Run(
                transaction, Gallery, identity.Partition, id, string.Empty, identity.Count, identity.Sum, Version);
        }

        foreach (StoredRowOfImage image in group)
        {
            statements.Image.Run(
                transaction, Gallery, image.Partition, image.Identity, image.ImageId, string.Empty, image.ContentHash,
                Version, image.Embedding);
        }
    }

    private sealed class Statements(SqliteConnection connection) : IDisposable
    {
        public SqliteStatement Partition { get; } = new(
            connection,
            "UPDATE partitions SET sequence = sequence + 1, token = $3, images = images + $4, hash = $5 "
            + "WHERE gallery = $1 AND partition = $2",
            5);

        public SqliteStatement Identity { get; } = new(
            connection,
            "INSERT INTO identities (gallery, partition, identity, version, born, sums_born, count, hash, centroid) "
            + "VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7) ON CONFLICT (gallery, partition, identity) DO UPDATE SET "
            + "count = excluded.count, hash = excluded.hash, centroid = excluded.centroid",
            7);

        public SqliteStatement Facet { get; } = new(
            connection,
            "INSERT INTO facet_sums (gallery, partition, identity, facet, count, sum, born) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7) "
            + "ON CONFLICT DO UPDATE SET count = excluded.count, sum = excluded.sum",
            7);

        public SqliteStatement Image { get; } = new(
            connection,
            "INSERT INTO images (gallery, partition, identity, image, facet, content_hash, version, embedding) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            8);

        public void Dispose()
        {
            Partition.Dispose();
            Identity.Dispose();
            Facet.Dispose();
            Image.Dispose();
        }
    }
}
