using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The tables, and how a file of an older version gets them.</summary>
internal static class SqliteSchema
{
    private const int Version = 1;

    // Every table that grows leads with (gallery, partition), so that a partition's rows lie together. Sums and images
    // keep their rowid: their blobs would make the pages of a WITHOUT ROWID tree hold one or two keys.
    private const string Tables = """
        CREATE TABLE galleries (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            dimension INTEGER NOT NULL,
            partitions INTEGER NOT NULL,
            model TEXT,
            normalize_first INTEGER NOT NULL,
            threshold REAL,
            margin REAL NOT NULL,
            created_at INTEGER NOT NULL) STRICT;
        CREATE TABLE deleted_galleries (
            number INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE partitions (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            token BLOB NOT NULL,
            PRIMARY KEY (gallery, partition)) STRICT, WITHOUT ROWID;
        CREATE TABLE identities (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (gallery, partition, identity)) STRICT, WITHOUT ROWID;
        CREATE TABLE facet_sums (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            facet TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            sum BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, facet)) STRICT;
        CREATE TABLE images (
            gallery INTEGER NOT NULL,
            partition INTEGER NOT NULL,
            identity TEXT NOT NULL,
            image TEXT NOT NULL,
            facet TEXT NOT NULL,
            content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
            taken_at INTEGER,
            version INTEGER NOT NULL,
            embedding BLOB NOT NULL,
            PRIMARY KEY (gallery, partition, identity, image)) STRICT;
        """;

    /// <summary>Brings the file to this version; refuses a newer one.</summary>
    /// <param name="connection">A writable connection.</param>
    public static void Migrate(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        long found = (long)command.ExecuteScalar()!;
        if (found > Version)
        {
            throw new InvalidDataException(
                $"The file '{connection.DataSource}' has schema version {found}; this program knows up to {Version}. "
                + "Use the newer program, or another folder with --data.");
        }

        if (found < Version)
        {
            command.CommandText = Tables;
            command.ExecuteNonQuery();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}");
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
