using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>Opens connections the way this store uses them.</summary>
internal static class SqliteConnections
{
    // How long a lock of another program is waited for; the driver waits as long again.
    private const int BusySeconds = 10;

    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {BusySeconds}000; PRAGMA mmap_size = 1073741824;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
