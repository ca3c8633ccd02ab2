using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>The tables, and how a file of an older version gets them.</summary>
internal static class SqliteSchema
{
    // What makes version n of version n - 1. Never changed once released; a file runs those that it lacks.
    private static readonly Action<SqliteSnapshot>[] Steps =
    [
        file => file.Run(EarlySchemas.Tables),
        file => file.Run(EarlySchemas.SearchBasis),
        file => file.Run(EarlySchemas.SettingsAsJson),
        OwnersAndRows.Run,
        file => file.Run(SumsOfLives.Text),
        file => file.Run(OperationTables.Text),
        file => file.Run(KeyTables.Text),
        file => file.Run(PictureTables.Text),
        file => file.Run(ErasedTables.Text),
        file => file.Run(AttributeColumn.Text),
    ];

    /// <summary>This program's version.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings the file to this version; refuses a newer one.</summary>
    /// <param name="connection">A writable connection.</param>
    /// <returns>The version that the file had; 0: it was new.</returns>
    public static int Migrate(SqliteConnection connection) => Migrate(connection, Version);

    /// <summary>Brings the file to a version, in one transaction: whenever it is interrupted, the file is an old one or
    /// a new one.</summary>
    /// <param name="connection">A writable connection.</param>
    /// <param name="version">The version; an older one for tests.</param>
    /// <returns>The version that the file had; 0: it was new.</returns>
    internal static int Migrate(SqliteConnection connection, int version)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        SqliteSnapshot file = new(connection, transaction);
        int found = ReadVersion(file);
        RefuseNewer(connection.DataSource, found, version);
        if (found < version)
        {
            Array.ForEach(Steps[found..version], step => step(file));
            file.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
        }

        transaction.Commit();
        return found;
    }

    /// <summary>The version that the file has; 0: it is new.</summary>
    public static int ReadVersion(SqliteSnapshot file) =>
        file.Select("PRAGMA user_version", row => row.GetInt32(0)).Single();

    /// <summary>Refuses the file of a newer program.</summary>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public static void RefuseNewer(string file, int found, int known)
    {
        if (found > known)
        {
            throw new InvalidDataException(
                $"The file '{file}' has schema version {found}; this program knows up to {known}. Use the newer "
                + "program, or another folder with --data.");
        }
    }
}
