using System.IO.Hashing;
using System.Text;
using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A file of version 3, filled as that version's program did.</summary>
public sealed class OldFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    public OldFile(string file)
    {
        _connection = SqliteConnections.Open(file, SqliteOpenMode.ReadWriteCreate);
        SqliteSchema.Migrate(_connection, 3);
        _transaction = _connection.BeginTransaction();
    }

    /// <summary>The last commit's token, of every partition.</summary>
    public static Guid Token { get; } = new(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]);

    public static long EpochOf(int partition) => 3 + (partition % 5);

    public static long SequenceOf(int partition) => 1000 + (partition * 7 % 100);

    /// <summary>An identity's version, at most any partition's sequence.</summary>
    public static long VersionOf(IdentityChange identity) => 1 + (identity.IdentityId.Sum(c => c) % 999);

    public void AddGallery(long number, int partitions)
    {
        Run(
            "INSERT INTO galleries (number, name, dimension, partitions, created_at, settings) "
            + "VALUES ($1, $2, $3, $4, 0, '{}')", number, $"gallery {number}", TestImages.Dimension, partitions);
        for (int i = 0; i < partitions; i++)
        {
            Run("INSERT INTO partitions VALUES ($1, $2, $3, $4, $5)", number, i, EpochOf(i), SequenceOf(i),
                Token.ToByteArray());
        }
    }

    // Partitions were not made of slots then.
    public void AddIdentities(long gallery, int partitions, IEnumerable<IdentityChange> identities)
    {
        foreach (IdentityChange identity in identities)
        {
            string id = identity.IdentityId;
            int partition = (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(id)) % (ulong)partitions);
            long version = VersionOf(identity);
            ModelIdentity model = new(id, version, identity.Added.ToDictionary(image => image.ImageId));
            Run("INSERT INTO identities VALUES ($1, $2, $3, $4)", gallery, partition, id, version);
            foreach (StoredFacet facet in model.Facets)
            {
                Run("INSERT INTO facet_sums VALUES ($1, $2, $3, $4, $5, $6)",
                    gallery, partition, id, facet.Facet, facet.Count, facet.Sum);
            }

            foreach (StoredImage image in identity.Added)
            {
                Run("INSERT INTO images VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    gallery, partition, id, image.ImageId, image.Facet, image.ContentHash,
                    image.TakenAt?.ToUnixTimeMilliseconds(), version, image.Embedding);
            }
        }
    }

    public void Run(string sql, params object?[] values) =>
        new SqliteSnapshot(_connection, _transaction).Run(sql, values);

    /// <summary>The steps by which SQLite would run a statement.</summary>
    public IReadOnlyList<string> Explain(string sql) => [.. new SqliteSnapshot(_connection, _transaction).Select(
        "EXPLAIN QUERY PLAN " + sql, row => row.GetString(3))];

    public void Dispose()
    {
        _transaction.Commit();
        _transaction.Dispose();
        _connection.Dispose();
    }
}
