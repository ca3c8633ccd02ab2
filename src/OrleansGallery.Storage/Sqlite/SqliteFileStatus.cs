using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>What there is in a SQLite file of the store.</summary>
/// <param name="Schema">Its tables.</param>
/// <param name="Contents">What it holds; null: it has the tables of an older program, or none yet.</param>
public sealed record SqliteFileStatus(SchemaStatus Schema, StoreContents? Contents)
{
    /// <summary>Loads SQLite's native library.</summary>
    /// <returns>Its version.</returns>
    public static string ReadLibraryVersion()
    {
        using SqliteConnection connection = SqliteConnections.Open(":memory:", SqliteOpenMode.Memory);
        return connection.ServerVersion;
    }

    /// <summary>Reads a file, also beside a process that has it open; nothing is changed or left behind.</summary>
    /// <param name="file">The file's path.</param>
    /// <returns>What there is.</returns>
    /// <exception cref="InvalidDataException">A newer program wrote the file.</exception>
    /// <exception cref="StoreAwayException">The file cannot be read, or is no database.</exception>
    public static SqliteFileStatus Read(string file)
    {
        try
        {
            using SqliteConnection connection = SqliteConnections.Open(
                SourceOf(Path.GetFullPath(file)), SqliteOpenMode.ReadOnly);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return Read(new SqliteSnapshot(connection, transaction), file);
        }
        catch (SqliteException cause)
        {
            throw SqliteErrors.Of(cause, file);
        }
    }

    private static SqliteFileStatus Read(SqliteSnapshot snapshot, string file)
    {
        int found = SqliteSchema.ReadVersion(snapshot);
        SqliteSchema.RefuseNewer(file, found, SqliteSchema.Version);
        return new SqliteFileStatus(
            new SchemaStatus("file", found, SqliteSchema.Version),
            found < SqliteSchema.Version
                ? null
                : new StoreContents(
                    GalleryQueries.All(snapshot), KeyQueries.All(snapshot, withRevoked: false),
                    ModelQueries.All(snapshot)));
    }

    // Whoever reads a file in WAL mode makes the log and its index where they are missing. Both are there while a
    // process has the file open, or where one ended without a word; otherwise all is in the file itself.
    private static string SourceOf(string file) => File.Exists($"{file}-wal") && File.Exists($"{file}-shm")
        ? file
        : $"{new Uri(file).AbsoluteUri}?immutable=1";
}
